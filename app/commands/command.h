#pragma once

#include <span>
#include <string>
#include <vector>

namespace continuo::app {

/// Exit codes of every command.
enum ExitCode { kDone = 0, kFailed = 1, kWrongWords = 2 };

/// One word of the command line. `run` gets the words behind it and prints its own help at --help.
struct Command {
    const char* word;
    const char* summary; // one line for `continuo --help`
    int (*run)(std::span<const std::string> words);
};

/// All commands of this build, in the order of `continuo --help`.
std::span<const Command> commandTable();

} // namespace continuo::app
