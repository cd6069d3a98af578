#include "app/commands/words.h"

#include "app/commands/command.h"
#include "engine/base/text.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <iostream>

namespace continuo::app {

std::optional<int> parseWords(CLI::App& cli, std::span<const std::string> words) {
    try {
        cli.parse(std::vector<std::string>(words.rbegin(), words.rend())); // CLI11 takes them from the back
        return std::nullopt;
    } catch (const CLI::CallForHelp&) {
        std::cout << cli.help();
        return kDone;
    } catch (const CLI::ParseError& error) {
        std::cerr << cli.get_name() << ": " << error.what() << " (" << cli.get_name()
                  << " --help explains the words)\n";
        return kWrongWords;
    }
}

std::string seedComplaint(const std::string& value) {
    std::uint64_t seed = 0;
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), seed);
    const bool isSeed = fault == std::errc() && end == value.data() + value.size() && value.front() != '+';
    return isSeed ? "" : "a seed is a whole number from 0 to 18446744073709551615, not '" + base::shown(value) + "'";
}

std::string emptyComplaint(const std::string& value) { return value.empty() ? "the value is empty" : ""; }

} // namespace continuo::app
