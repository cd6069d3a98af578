#include "app/commands/command.h"
#include "app/learning_call.h"
#include "engine/base/places.h"
#include "engine/configuration/training_settings.h"
#include "engine/network/network_options.h"
#include "engine/runs/run_directory.h"

#include <algorithm>
#include <iostream>

namespace continuo::app {
namespace {

void printHelp() {
    std::cout
        << "continuo train: teaches a net to continue music\n\n"
           "  continuo train dataset=NAME|FOLDER network=NAME [group.key=value …] [run_dir=FOLDER]\n\n"
           "Writes a run folder: configuration.yaml, status.json, metrics.jsonl, a TensorBoard event file, log.txt,\n"
           "checkpoints/step-N and samples/step-N-K.mid. Without run_dir it is made in "
        << base::runsFolder().string()
        << ".\n"
           "Ctrl+C, SIGTERM or a file named requests/stop in the run folder end the run after the step at hand, with "
           "a\n"
           "checkpoint; requests/pause, resume, checkpoint and sample are obeyed too. `continuo resume` goes on "
           "later.\n\n"
           "Settings, with their defaults:\n\n"
        << configuration::trainingHelp()
        << "\nExamples:\n"
           "  continuo train dataset=counterpoint network=mmt-1m trainer.max_seconds=60\n"
           "  continuo prepare --midi $HOME/music --out $HOME/prepared && continuo train dataset=$HOME/prepared "
           "network=mmt-7m\n"
           "  continuo train dataset=scales trainer.max_steps=500 optimizer.lr=1e-3 seed=7 run_dir=/tmp/scales\n";
}

/// Takes run_dir=… out of the words.
std::string takeRunFolder(std::vector<std::string>& words) {
    std::string folder;
    std::erase_if(words, [&](const std::string& word) {
        if (!word.starts_with("run_dir=")) return false;
        folder = word.substr(8);
        return true;
    });
    return folder;
}

/// A run must find its data from any folder, also when it is resumed elsewhere.
void makeDatasetAbsolute(std::vector<std::string>& words) {
    for (auto& word : words)
        for (const std::string key : {"dataset=", "dataset.name="}) {
            std::error_code absent;
            if (!word.starts_with(key) || !std::filesystem::is_directory(word.substr(key.size()), absent)) continue;
            word = key + std::filesystem::absolute(word.substr(key.size()), absent).lexically_normal().string();
        }
}

int wrongWords(const base::Error& error) {
    return std::cerr << "continuo train: " << error.message << "\n", kWrongWords;
}

} // namespace

int runTrain(std::span<const std::string> given) {
    if (std::ranges::any_of(given, [](const auto& word) { return word == "--help" || word == "-h"; }))
        return printHelp(), kDone;
    std::vector<std::string> words(given.begin(), given.end());
    const auto folder = takeRunFolder(words);
    makeDatasetAbsolute(words);
    // Wrong words are found here, before LibTorch is loaded.
    const auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
    if (!configuration) return wrongWords(configuration.error());
    const auto net = network::namedNetwork(configuration->word("network.name"));
    if (!net) return wrongWords(net.error());
    const auto data = std::filesystem::path(configuration->word("dataset.name")).filename().string();
    const auto run = folder.empty() ? runs::newRunDirectory(base::runsFolder(), data + "-" + net->name).root
                                    : std::filesystem::path(folder);
    std::string json;
    const auto code = performLearning(
        {.task = kContinuoTrain, .word = "train", .place = run.string(), .words = words, .dataset = ""}, json);
    if (code == kDone) std::cout << "the run is in " << run.string() << "\n";
    return code;
}

} // namespace continuo::app
