#pragma once

#include <csignal>
#include <stop_token>
#include <thread>

namespace continuo::app {

/// From now on SIGTERM and Ctrl+C ask for an end instead of making one; a second Ctrl+C does not wait. A closed pipe
/// ends nothing.
void stopOnSignals();
bool isStopAsked();
/// What a trainer's loop reads: not 0 once an end was asked for.
const volatile std::sig_atomic_t* stopFlag();

/// A stop token that follows them, for work that takes one.
class StopBySignal {
public:
    StopBySignal();
    std::stop_token token() const { return asked_.get_token(); }

private:
    std::stop_source asked_;
    std::jthread watcher_; // last: it ends before what it reads
};

} // namespace continuo::app
