#include "app/stop_signals.h"

#include <chrono>
#include <unistd.h>

namespace continuo::app {
namespace {

volatile std::sig_atomic_t stopSignal = 0;

void onSignal(int number) {
    if (stopSignal != 0 && number == SIGINT) ::_exit(130); // the second Ctrl+C does not wait
    stopSignal = 1;
}

} // namespace

void stopOnSignals() {
    struct sigaction action {};
    action.sa_handler = onSignal;
    ::sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
    ::signal(SIGPIPE, SIG_IGN); // a closed pager is no reason to lose a run
}

bool isStopAsked() { return stopSignal != 0; }

const volatile std::sig_atomic_t* stopFlag() { return &stopSignal; }

StopBySignal::StopBySignal()
    : watcher_([this](const std::stop_token& isOver) {
          while (!isOver.stop_requested() && !isStopAsked()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
          if (isStopAsked()) asked_.request_stop();
      }) {
    stopOnSignals();
}

} // namespace continuo::app
