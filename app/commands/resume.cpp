#include "app/commands/command.h"
#include "app/learning_call.h"
#include "engine/configuration/training_settings.h"

#include <algorithm>
#include <iostream>

namespace continuo::app {
namespace {

void printHelp() {
    std::cout
        << "continuo resume: goes on with a run that stopped or was interrupted\n\n"
           "  continuo resume RUN_FOLDER [group.key=value …]\n\n"
           "Goes on from the newest finished checkpoint with the settings it was made with and those given here over "
           "them.\n"
           "On the same machine and number of threads the net comes out as if the run had never stopped, bit for bit.\n"
           "`continuo train --help` lists the settings.\n\n"
           "Examples:\n"
           "  continuo resume ~/.local/share/continuo/runs/20260101-120000-counterpoint-mmt-1m\n"
           "  continuo resume my-run trainer.max_seconds=1800 optimizer.lr=5e-4\n";
}

} // namespace

int runResume(std::span<const std::string> given) {
    if (std::ranges::any_of(given, [](const auto& word) { return word == "--help" || word == "-h"; }))
        return printHelp(), kDone;
    std::string folder;
    std::vector<std::string> words;
    for (const auto& word : given) {
        const bool isSetting = word.find('=') != std::string::npos;
        if (!isSetting && !folder.empty())
            return std::cerr << "continuo resume: it takes one run folder\n", kWrongWords;
        if (isSetting)
            words.push_back(word);
        else
            folder = word;
    }
    if (folder.empty())
        return std::cerr << "continuo resume: name the run folder, as in `continuo resume FOLDER`\n", kWrongWords;
    const auto configuration = configuration::Configuration::compose(configuration::trainingKeys(), words);
    if (!configuration) return std::cerr << "continuo resume: " << configuration.error().message << "\n", kWrongWords;
    std::string json;
    return performLearning({.task = kContinuoResume, .word = "resume", .place = folder, .words = words, .dataset = ""},
                           json);
}

} // namespace continuo::app
