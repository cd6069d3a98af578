#include "app/commands/command.h"
#include "app/configured_run.h"
#include "app/learning_call.h"
#include "engine/base/places.h"
#include "engine/configuration/training_settings.h"

#include <iostream>

namespace continuo::app {
namespace {

using configuration::Configuration;

std::string purpose() {
    return "continuo train: teaches a net to continue music\n\n"
           "  continuo train dataset=NAME|FOLDER network=NAME [group=option …] [group.key=value …] [run_dir=FOLDER]\n\n"
           "Writes a run folder: configuration.yaml, status.json, metrics.jsonl, a TensorBoard event file, log.txt,\n"
           "checkpoints/step-N, samples/step-N-K.mid and copies of the configuration in .hydra. Without run_dir it is "
           "made in\n" +
           base::runsFolder().string() +
           ";\nthe runs of a sweep (-m) in a folder of their own there, hydra.sweep.dir=FOLDER names another.\nCtrl+C, "
           "SIGTERM or a file named requests/stop in the run folder end the run after the step at hand, "
           "with a\n"
           "checkpoint; requests/pause, resume, checkpoint and sample are obeyed too. `continuo resume` goes on "
           "later.\n"
           "Tokenizer and model follow the network. Own options lie in " +
           (base::configurationFolder() / "configuration").string() + "/GROUP/OPTION.yaml.\n";
}

constexpr const char* kExamples =
    "Examples:\n"
    "  continuo train dataset=counterpoint network=mmt-1m trainer.max_seconds=60\n"
    "  continuo prepare --midi $HOME/music --out $HOME/prepared && continuo train dataset=$HOME/prepared "
    "network=mmt-7m\n"
    "  continuo train dataset=scales trainer.max_steps=500 optimizer.lr=1e-3 seed=7 run_dir=/tmp/scales\n"
    "  continuo train parity=midi-lm dataset=bach network=mmt-1m trainer=cpu -c job\n"
    "  continuo train -m network=mmt-1m,tpd-1m optimizer.lr=interval(1e-3,4e-3) trainer.max_steps=200\n\n";

int wrongWords(const base::Error& error) {
    return std::cerr << "continuo train: " << error.message << "\n", kWrongWords;
}

int train(const Configuration& configuration, const std::vector<std::string>& words) {
    prepareToLearn();
    const auto run = runFolderOf(configuration);
    if (!run) return wrongWords(run.error());
    if (std::error_code ignored; std::filesystem::exists(run->configuration(), ignored))
        return wrongWords({base::ErrorCode::WrongArgument,
                           "'" + run->root.string() +
                               "' already holds a run; `continuo resume` goes on with it, or name another run_dir"});
    auto settled = configuration;
    settled.setRunFolder(run->root.string());
    if (const auto written = writeHiddenCopies(settled, *run); !written)
        return std::cerr << "continuo train: " << written.error().message << "\n", kFailed;
    LearningWork work;
    work.word = "train";
    work.place = run->root.string();
    work.words = words;
    work.configuration = settled.yaml();
    std::string json;
    const auto code = performLearning(work, json);
    removeHiddenCopies(*run);
    if (code == kDone) std::cout << "the run is in " << run->root.string() << "\n";
    return code;
}

} // namespace

int runTrain(std::span<const std::string> given) {
    const auto flags = configuration::readFlags(given);
    if (!flags) return wrongWords(flags.error());
    if (const auto answered = answerFlags(*flags, "train", purpose(), kExamples)) return *answered;
    if (asksForSweep(*flags)) return runSweep(*flags);
    // Wrong words are found here, before LibTorch is loaded.
    const auto origin = originOf(*flags);
    if (!origin) return wrongWords(origin.error());
    const auto configuration = Configuration::compose(configuration::trainingKeys(), flags->overrides, *origin);
    if (!configuration) return wrongWords(configuration.error());
    printNotes(*configuration);
    return train(*configuration, flags->overrides);
}

} // namespace continuo::app
