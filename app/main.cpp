#include "app/commands/command.h"
#include "engine/base/text.h"

#include <algorithm>
#include <iostream>
#include <poll.h>
#include <unistd.h>

using namespace continuo;

namespace {

void printHelp() {
    std::cout << "Continuo " CONTINUO_VERSION ": train, listen, generate, choose and edit music in one place.\n\n"
                 "  continuo              opens the studio\n"
                 "  continuo FILE.mid     opens the studio on a piece\n"
                 "  continuo WORD …       runs a command:\n\n";
    for (const auto& command : app::commandTable())
        std::cout << "  " << command.word << std::string(12 - std::string(command.word).size(), ' ') << command.summary
                  << "\n";
    std::cout << "\n`continuo WORD --help` explains one. Exit codes: 0 done, 1 refused input or failed work, 2 wrong "
                 "words.\n";
}

int unknownWord(const std::string& word) {
    std::vector<std::string> known;
    for (const auto& command : app::commandTable()) known.emplace_back(command.word);
    std::cerr << "continuo: there is no command '" << base::shown(word) << "'";
    if (const auto near = base::nearest(word, known, 1); !near.empty())
        std::cerr << "; did you mean '" << near[0] << "'?";
    std::cerr << " (`continuo --help` lists them)\n";
    return app::kWrongWords;
}

const app::Command* findCommand(std::string_view word) {
    const auto table = app::commandTable();
    const auto found = std::ranges::find_if(table, [&](const auto& command) { return command.word == word; });
    return found == table.end() ? nullptr : &*found;
}

/// What was printed has arrived, or a sentence says that it has not. A reader that went away has had enough.
int withOutputTold(int code) {
    std::cout.flush();
    if (std::cout) return code;
    pollfd out{STDOUT_FILENO, POLLOUT, 0};
    const bool isClosed = ::poll(&out, 1, 0) > 0 && (out.revents & (POLLERR | POLLNVAL)) != 0;
    if (isClosed) return code;
    std::cerr << "continuo: not all that was to be printed could be written: the disk may be full\n";
    return code == app::kDone ? app::kFailed : code;
}

int run(const std::vector<std::string>& words) {
    if (!words.empty() && (words[0] == "--help" || words[0] == "-h")) return printHelp(), app::kDone;
    if (!words.empty() && words[0] == "--version") return std::cout << "continuo " CONTINUO_VERSION "\n", app::kDone;
    const auto named = words.empty() ? nullptr : findCommand(words[0]);
    if (named) return named->run(std::span(words).subspan(1));
    const auto* studio = findCommand("studio");
    const bool isFile = !words.empty() && words[0].find_first_of("./") != std::string::npos;
    if (studio && (words.empty() || isFile)) return studio->run(words);
    if (words.empty()) return printHelp(), app::kWrongWords;
    return unknownWord(words[0]);
}

} // namespace

int main(int count, char** values) { return withOutputTold(run({values + 1, values + count})); }
