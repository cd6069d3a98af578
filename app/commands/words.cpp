#include "app/commands/words.h"

#include "app/commands/command.h"

#include <CLI/CLI.hpp>
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

} // namespace continuo::app
