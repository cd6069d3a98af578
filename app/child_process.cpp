#include "app/child_process.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <spawn.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace continuo::app {

namespace {

/// `given` and the rest of the environment, with Qt drawing into memory.
std::vector<std::string> environmentWith(std::vector<std::string> given) {
    given.emplace_back("QT_QPA_PLATFORM=offscreen");
    auto variables = given;
    for (char** variable = environ; *variable; ++variable) {
        const std::string_view text = *variable;
        const auto name = text.substr(0, text.find('=') + 1);
        if (std::ranges::none_of(given, [&](const auto& own) { return own.starts_with(name); }))
            variables.emplace_back(text);
    }
    return variables;
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (auto& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

volatile sig_atomic_t runningChild = 0;
volatile sig_atomic_t endAsked = 0;

/// What would end this process ends the child first; waiting for it goes on, and the caller cleans up.
void passOn(int) {
    endAsked = 1;
    if (runningChild > 0) ::kill(static_cast<pid_t>(runningChild), SIGTERM);
}

/// passOn for the signals that end a process, while it lives.
class SignalsPassedOn {
public:
    SignalsPassedOn() {
        struct sigaction action {};
        action.sa_handler = passOn;
        ::sigemptyset(&action.sa_mask);
        for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &action, &before_[i]);
    }
    ~SignalsPassedOn() {
        runningChild = 0;
        for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &before_[i], nullptr);
    }
    SignalsPassedOn(const SignalsPassedOn&) = delete;
    SignalsPassedOn& operator=(const SignalsPassedOn&) = delete;

private:
    static constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP};
    std::array<struct sigaction, 3> before_{};
};

base::Status outcome(int status, const std::string& word) {
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
    if (WIFSIGNALED(status))
        return base::failure(base::ErrorCode::Failed,
                             "`continuo " + word + "` was ended by signal " + std::to_string(WTERMSIG(status)));
    return base::failure(base::ErrorCode::Failed, "`continuo " + word + "` did not finish; it says why above");
}

} // namespace

base::Status runOwnWord(std::vector<std::string> words, std::vector<std::string> given) {
    const auto word = words.front();
    words.insert(words.begin(), "continuo");
    auto variables = environmentWith(std::move(given));
    const auto arguments = pointersTo(words);
    const auto environment = pointersTo(variables);

    // the child gets back the handling of signals that we take over while it runs
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    sigaddset(&interrupts, SIGHUP);
    posix_spawnattr_setsigdefault(&attributes, &interrupts);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const SignalsPassedOn passedOn;

    pid_t child = 0;
    const int failed =
        posix_spawn(&child, "/proc/self/exe", nullptr, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    int status = 0;
    runningChild = child;
    if (!failed)
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    if (failed)
        return base::failure(base::ErrorCode::Failed,
                             std::string("this program could not be started again: ") + std::strerror(failed));
    if (endAsked != 0)
        return base::failure(base::ErrorCode::Interrupted, "ended as asked, during `continuo " + word + "`");
    return outcome(status, word);
}

} // namespace continuo::app
