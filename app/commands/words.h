#pragma once

#include <optional>
#include <span>
#include <string>

namespace CLI {
class App;
}

namespace continuo::app {

/// Reads the words of a command. Nothing when all is well; else the exit code, help or one sentence having been
/// printed.
std::optional<int> parseWords(CLI::App& cli, std::span<const std::string> words);

// Checks for CLI11: what is wrong with a value, or nothing.
std::string seedComplaint(const std::string& value);
std::string emptyComplaint(const std::string& value);

} // namespace continuo::app
