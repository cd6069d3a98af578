#include "app/commands/command.h"
#include "app/configured_run.h"
#include "app/learning_call.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/configuration/training_settings.h"

#include <algorithm>
#include <array>
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

/// A set of midi-lm lies in a folder that the user prepares: which, and how.
base::Status checkPrepared(const Configuration& configuration) {
    const auto target = configuration.word("dataset._target_");
    const std::filesystem::path folder = configuration::trainingSettings(configuration).dataset;
    std::error_code absent;
    if (target == "folder" || !folder.has_parent_path() || std::filesystem::exists(folder / "dataset.json", absent))
        return {};
    return base::failure(base::ErrorCode::FileMissing,
                         "dataset=" + target + " is read from " + folder.string() +
                             ", where no prepared set lies: run `continuo prepare --midi FOLDER_OF_ITS_FILES --out " +
                             folder.string() + "`, or name another dataset.dataset_dir");
}

/// A run has a folder of its own, which may hold what one that did not come to be has left.
base::Status checkOwnFolder(const runs::RunDirectory& run) {
    constexpr std::array kLeftOver{".hydra", "trainer.lock", "samples", "requests", "checkpoints"};
    std::error_code absent;
    if (std::filesystem::exists(run.configuration(), absent))
        return base::failure(base::ErrorCode::WrongArgument, "'" + base::shown(run.root.string()) +
                                                                 "' already holds a run; `continuo resume` goes on "
                                                                 "with it, or name another run_dir");
    for (std::filesystem::directory_iterator entry(run.root, absent), end; !absent && entry != end;
         entry.increment(absent))
        if (std::ranges::find(kLeftOver, entry->path().filename().string()) == kLeftOver.end())
            return base::failure(base::ErrorCode::WrongArgument,
                                 "'" + base::shown(run.root.string()) + "' holds other things, such as '" +
                                     base::shown(entry->path().filename().string()) +
                                     "'; nothing was written: name a run_dir of the run's own");
    return {};
}

int train(const Configuration& configuration, const std::vector<std::string>& words) {
    const auto run = runFolderOf(configuration);
    if (!run) return wrongWords(run.error());
    if (const auto own = checkOwnFolder(*run); !own) return wrongWords(own.error());
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
    prepareToLearn();
    printNotes(*configuration);
    if (const auto there = checkPrepared(*configuration); !there)
        return std::cerr << "continuo train: " << there.error().message << "\n", kFailed;
    return train(*configuration, flags->overrides);
}

} // namespace continuo::app
