#include "app/commands/command.h"

#include <array>

namespace continuo::app {

// One file in this folder defines each.
#if CONTINUO_UI
int runStudio(std::span<const std::string> words);
#endif
int runPrepare(std::span<const std::string> words);
int runTokenize(std::span<const std::string> words);
#if CONTINUO_LEARNING
int runTrain(std::span<const std::string> words);
int runResume(std::span<const std::string> words);
int runEvaluate(std::span<const std::string> words);
#endif
int runGenerate(std::span<const std::string> words);
#if CONTINUO_SOUND
int runRender(std::span<const std::string> words);
int runTour(std::span<const std::string> words);
#endif
int runConvert(std::span<const std::string> words);
int runInspect(std::span<const std::string> words);

std::span<const Command> commandTable() {
    static constexpr std::array kCommands {
#if CONTINUO_UI
        Command{"studio", "open the window, or draw it to a picture", runStudio},
#endif
            Command{"prepare", "make a dataset of a folder of MIDI files", runPrepare},
            Command{"tokenize", "show a MIDI file as the rows that a net reads, and turn rows back", runTokenize},
#if CONTINUO_LEARNING
            Command{"train", "teach a net to continue music", runTrain},
            Command{"resume", "go on with a training run", runResume},
            Command{"evaluate", "losses and musical measures of a checkpoint on a dataset", runEvaluate},
#endif
            Command{"generate", "continue a MIDI file with a trained net", runGenerate},
#if CONTINUO_SOUND
            Command{"render", "write a MIDI file as sound: WAV or FLAC", runRender},
#endif
            Command{"convert", "write a MIDI file again, byte for byte where nothing changes", runConvert},
            Command{"inspect", "say what a MIDI file, a checkpoint, a run or a net is", runInspect},
#if CONTINUO_SOUND
            Command{"tour", "the whole pass without a display: train, continue, render, draw", runTour},
#endif
    };
    return kCommands;
}

} // namespace continuo::app
