#include "app/commands/command.h"
#include "app/configured_run.h"
#include "app/learning_call.h"
#include "app/resume_place.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/configuration/help.h"
#include "engine/configuration/training_settings.h"

#include <algorithm>
#include <iostream>

namespace continuo::app {
namespace {

using base::ErrorCode;
using configuration::Configuration;

constexpr const char* kHelp =
    "continuo resume: goes on with a run that stopped or was interrupted\n\n"
    "  continuo resume RUN[:STEP|:best] [--weights-only] [--] [group=option …] [group.key=value …]\n\n"
    "RUN is a run's folder, or its name among your runs; RUN/checkpoints/step-N means RUN:N. Without a step it goes "
    "on\n"
    "from the newest finished checkpoint that is whole, with the settings it was made with and those given here over\n"
    "them; options of groups, as in trainer=gpu, replace what stood there. On the same machine and number of threads\n"
    "the net comes out as if the run had never stopped, bit for bit. Nothing is asked of a network.\n\n"
    "  --weights-only   a new run that begins with the weights alone: step 0, a fresh optimizer and schedule.\n"
    "                   It gets a folder of its own: run_dir=FOLDER, or one among your runs\n"
    "  -c job           print the configuration it would go on with; also hydra, all, --resolve, -p PART\n"
    "  -h, --help       this text; `continuo train --help` lists groups and settings\n\n"
    "Examples:\n"
    "  continuo resume ~/.local/share/continuo/runs/20260101-120000-counterpoint-mmt-1m\n"
    "  continuo resume my-run:best -- trainer.max_epochs=20\n"
    "  continuo resume my-run:900 trainer=gpu optimizer.lr=5e-4\n"
    "  continuo resume my-run:best --weights-only dataset=$HOME/prepared trainer.max_seconds=1800 run_dir=finer\n";

int refuse(const base::Error& error) {
    std::cerr << "continuo resume: " << error.message << "\n";
    return error.code == ErrorCode::WrongArgument ? kWrongWords : kFailed;
}

struct Request {
    ResumePlace place;
    bool weightsOnly = false, help = false;
    std::string into;
    configuration::HydraFlags flags;
};

base::Result<Request> readRequest(std::span<const std::string> given) {
    Request request;
    std::vector<std::string> rest;
    std::string run;
    for (const auto& word : given) {
        if (word == "--weights-only" || word == "--clean") // midi-lm's word for it
            request.weightsOnly = true;
        else if (run.empty() && !word.starts_with("-") && (word.find('=') == std::string::npos || resumePlace(word)))
            run = word;
        else
            rest.push_back(word);
    }
    auto flags = configuration::readFlags(rest);
    if (!flags) return base::failure(flags.error());
    request.help = flags->help;
    request.flags = *flags;
    if (flags->help || flags->version || flags->hydraHelp) return request;
    if (run.empty()) return base::failure(ErrorCode::WrongArgument, "name the run, as in `continuo resume FOLDER`");
    auto place = resumePlace(run);
    if (!place) return base::failure(place.error());
    request.place = std::move(*place);
    std::erase_if(flags->overrides, [&](const std::string& word) {
        if (!word.starts_with("run_dir=")) return false;
        request.into = word.substr(8);
        return true;
    });
    request.flags = std::move(*flags);
    return request;
}

base::Status check(const Request& request) {
    for (const auto& word : request.flags.overrides)
        if (!word.starts_with("+") && !word.starts_with("~") && word.find('=') == std::string::npos)
            return base::failure(ErrorCode::WrongArgument,
                                 "it takes one run and settings such as key=value, not '" + base::shown(word) + "'");
    if (request.flags.multirun)
        return base::failure(ErrorCode::WrongArgument, "one run goes on at a time; -m belongs to train");
    for (const auto& [flag, given] :
         {std::pair{"--config-path", request.flags.configPath}, std::pair{"--config-name", request.flags.configName},
          std::pair{"--config-dir", request.flags.configDir}, std::pair{"--info", request.flags.info},
          std::pair{"--shell-completion", request.flags.completion}})
        if (!given.empty())
            return base::failure(ErrorCode::WrongArgument,
                                 std::string(flag) + " belongs to `continuo train`; a run goes on with the options it "
                                                     "began with, and with those of the user's own folder");
    if (!request.into.empty() && !request.weightsOnly)
        return base::failure(ErrorCode::WrongArgument, "a run goes on in its own folder; run_dir= belongs to "
                                                       "--weights-only, which begins a new one");
    return {};
}

/// What the run was begun with, and the words over it. The checkpoint's own record decides later: here wrong words are
/// found before LibTorch is loaded.
base::Result<Configuration> configured(const Request& request) {
    const auto text = base::readTextFile(request.place.run.configuration(), std::uint64_t{1} << 20);
    if (!text) return base::failure(text.error());
    auto configuration = Configuration::fromYaml(configuration::trainingKeys(), *text);
    if (!configuration)
        return base::failure(configuration.error().in(base::shown(request.place.run.configuration().string())));
    configuration->setRunFolder(request.place.run.root.string());
    if (auto done = configuration->apply(request.flags.overrides); !done) return base::failure(done.error());
    return configuration;
}

int printConfiguration(const Configuration& configuration, const configuration::HydraFlags& flags) {
    const auto text = configuration::shownConfiguration(configuration, flags.show, flags.package, flags.resolve);
    if (!text) return refuse(text.error());
    return std::cout << *text, kDone;
}

std::string newFolder(const Configuration& configuration) {
    const auto settings = configuration::trainingSettings(configuration);
    const auto data = std::filesystem::path(settings.dataset).filename().string();
    return runs::newRunDirectory(base::runsFolder(), data + "-" + settings.network).root.string();
}

} // namespace

int runResume(std::span<const std::string> given) {
    auto request = readRequest(given);
    if (!request) return refuse(request.error());
    if (request->help) return std::cout << kHelp, kDone;
    if (request->flags.version || request->flags.hydraHelp) return *answerFlags(request->flags, "resume", kHelp, "");
    if (const auto right = check(*request); !right) return refuse(right.error());
    const auto configuration = configured(*request);
    if (!configuration) return refuse(configuration.error());
    if (request->flags.show.empty()) prepareToLearn();
    printNotes(*configuration);
    if (!request->flags.show.empty()) return printConfiguration(*configuration, request->flags);
    LearningWork work;
    work.task = kContinuoResume;
    work.word = "resume";
    work.place = request->place.run.root.string();
    work.checkpoint = request->place.checkpoint;
    work.weightsOnly = request->weightsOnly;
    if (request->weightsOnly) work.into = request->into.empty() ? newFolder(*configuration) : request->into;
    work.words = request->flags.overrides;
    std::string json;
    const auto code = performLearning(work, json);
    if (code == kDone && request->weightsOnly) std::cout << "the run is in " << work.into << "\n";
    return code;
}

} // namespace continuo::app
