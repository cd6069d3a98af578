#include "app/commands/command.h"

#include <array>

namespace continuo::app {

// One file in this folder defines each.
int runPrepare(std::span<const std::string> words);
int runConvert(std::span<const std::string> words);
int runGenerate(std::span<const std::string> words);
int runInspect(std::span<const std::string> words);
#if CONTINUO_SOUND
int runRender(std::span<const std::string> words);
int runTour(std::span<const std::string> words);
#endif

std::span<const Command> commandTable() {
    static constexpr std::array kCommands{
        Command{"prepare", "make a dataset of a folder of MIDI files", runPrepare},
#if CONTINUO_SOUND
        Command{"render", "writes a MIDI file as sound: WAV or FLAC", runRender},
#endif
        Command{"convert", "a MIDI file into another, byte for byte where nothing changes", runConvert},
        Command{"generate", "continue a MIDI file with a trained net", runGenerate},
        Command{"inspect", "what a MIDI file, a checkpoint, a run or a net is", runInspect},
#if CONTINUO_SOUND
        Command{"tour", "the whole pass without a display: train, continue, render, draw", runTour},
#endif
    };
    return kCommands;
}

} // namespace continuo::app
