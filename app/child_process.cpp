#include "app/child_process.h"

#include <algorithm>
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

    // the child gets back the handling of interrupts that we set aside while it runs
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t interrupts;
    sigemptyset(&interrupts);
    sigaddset(&interrupts, SIGINT);
    sigaddset(&interrupts, SIGTERM);
    posix_spawnattr_setsigdefault(&attributes, &interrupts);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const auto previous = std::signal(SIGINT, SIG_IGN);

    pid_t child = 0;
    const int failed =
        posix_spawn(&child, "/proc/self/exe", nullptr, &attributes, arguments.data(), environment.data());
    posix_spawnattr_destroy(&attributes);
    int status = 0;
    if (!failed)
        while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
        }
    std::signal(SIGINT, previous);
    if (failed)
        return base::failure(base::ErrorCode::Failed,
                             std::string("this program could not be started again: ") + std::strerror(failed));
    return outcome(status, word);
}

} // namespace continuo::app
