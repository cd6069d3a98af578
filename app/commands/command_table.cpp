#include "app/commands/command.h"

#include <array>

namespace continuo::app {

// One file in this folder defines each.
int runPrepare(std::span<const std::string> words);
int runInspect(std::span<const std::string> words);

std::span<const Command> commandTable() {
    static constexpr std::array kCommands{
        Command{"prepare", "make a dataset of a folder of MIDI files", runPrepare},
        Command{"inspect", "what a MIDI file, a checkpoint, a run or a net is", runInspect},
    };
    return kCommands;
}

} // namespace continuo::app
