#include "app/child_process.h"
#include "app/commands/command.h"
#include "app/configured_run.h"
#include "engine/base/files.h"
#include "engine/base/places.h"
#include "engine/base/text.h"
#include "engine/configuration/command_words.h"
#include "engine/configuration/interpolation.h"
#include "engine/configuration/training_keys.h"
#include "engine/configuration/yaml.h"
#include "engine/runs/run_directory.h"
#include "engine/runs/run_status.h"

#include <algorithm>
#include <csignal>
#include <iostream>

namespace continuo::app {
namespace {

using configuration::Configuration;
using configuration::HydraFlags;
using configuration::Sweep;

constexpr std::size_t kMostJobs = 10'000;

/// A job's overrides, and those of them that differ from job to job.
struct Job {
    std::vector<std::string> words, differing;
    std::filesystem::path folder;
};

base::Result<std::vector<std::string>> variants(const std::string& word, const configuration::OptionStore& store,
                                                int samples) {
    auto read = configuration::readWord(word, store);
    if (!read) return base::failure(read.error());
    if (!read->hasValue || !read->isSweep()) return std::vector{word};
    const auto values = expand(std::get<Sweep>(read->argument), store.options(read->key), samples, 1);
    if (!values) return base::failure(values.error().in(base::shown(word)));
    std::vector<std::string> all;
    for (const auto& value : *values) all.push_back(overrideText(*read, value));
    return all;
}

/// Every combination, the last word changing fastest.
base::Result<std::vector<Job>> jobsOf(const std::vector<std::string>& words, const configuration::OptionStore& store,
                                      int samples) {
    std::vector<Job> jobs(1);
    for (const auto& word : words) {
        const auto each = variants(word, store, samples);
        if (!each) return base::failure(each.error());
        if (jobs.size() * each->size() > kMostJobs)
            return base::failure(base::ErrorCode::WrongArgument, "the sweep has more than 10,000 runs");
        std::vector<Job> longer;
        for (const auto& job : jobs)
            for (const auto& variant : *each) {
                longer.push_back(job);
                longer.back().words.push_back(variant);
                if (each->size() > 1) longer.back().differing.push_back(variant);
            }
        jobs = std::move(longer);
    }
    return jobs;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

base::Result<std::string> hydraText(const configuration::Value& hydra, const std::string& name) {
    configuration::Value all = configuration::Map{};
    (void)configuration::set(all, "hydra", hydra);
    const auto value = configuration::resolvedAt(all, hydra, "hydra." + name);
    if (!value) return base::failure(value.error());
    return configuration::shortText(*value);
}

/// hydra.sweep.dir, or else run_dir, or else a new folder among the user's runs.
base::Result<std::string> sweepFolder(const configuration::Value& hydra) {
    for (const auto* given : {"sweep.dir", "run.dir"})
        if (!configuration::find(hydra, given)->isNull()) return hydraText(hydra, given);
    return runs::newRunDirectory(base::runsFolder(), "sweep").root.string();
}

/// Every job is composed before the first runs: its folder is known, and wrong words cost no training.
base::Status composeJobs(std::vector<Job>& jobs, const configuration::Origin& origin) {
    std::string parent;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        auto composed = Configuration::compose(configuration::trainingKeys(), jobs[i].words, origin);
        if (!composed) return base::failure(composed.error().in("#" + std::to_string(i)));
        auto hydra = composed->hydra();
        (void)configuration::set(hydra, "job.num", static_cast<std::int64_t>(i));
        if (parent.empty()) {
            const auto folder = sweepFolder(hydra);
            if (!folder) return base::failure(folder.error());
            parent = *folder;
        }
        const auto place = hydraText(hydra, "sweep.subdir");
        if (!place) return base::failure(place.error());
        jobs[i].folder = std::filesystem::path(parent) / *place;
    }
    return {};
}

std::vector<std::string> childWords(const Job& job, const HydraFlags& flags, std::size_t number) {
    std::vector<std::string> words{"train"};
    for (const auto& [flag, value] :
         {std::pair{"--config-path", flags.configPath}, std::pair{"--config-name", flags.configName},
          std::pair{"--config-dir", flags.configDir}})
        if (!value.empty()) words.insert(words.end(), {flag, value});
    for (const auto& word : job.words) {
        const bool isOwn = word.starts_with("run_dir=") || word.starts_with("hydra.run.dir=") ||
                           word.starts_with("hydra.sweep.") || word.starts_with("hydra.mode=");
        if (!isOwn) words.push_back(word);
    }
    words.push_back("hydra.job.num=" + std::to_string(number));
    words.push_back("run_dir=" + job.folder.string());
    return words;
}

void printOutcome(const std::vector<Job>& jobs) {
    std::cout << "\n";
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        std::cout << "#" << i << " : " << joined(jobs[i].differing) << " : ";
        const auto status = runs::readStatus({jobs[i].folder});
        if (!status)
            std::cout << "no run";
        else if (status->bestValidationLoss)
            std::cout << "best validation loss " << base::formatFixed(*status->bestValidationLoss, 4);
        else
            std::cout << "step " << status->step;
        std::cout << "\n";
    }
}

} // namespace

bool asksForSweep(const HydraFlags& flags) {
    return flags.multirun || std::ranges::find(flags.overrides, "hydra.mode=MULTIRUN") != flags.overrides.end();
}

int runSweep(const HydraFlags& flags) {
    const auto wrong = [](const base::Error& error) {
        return std::cerr << "continuo train: " << error.message << "\n", kWrongWords;
    };
    if (!flags.show.empty() || !flags.info.empty())
        return wrong({base::ErrorCode::WrongArgument, "-c and -i show one configuration; leave -m out"});
    const auto origin = originOf(flags);
    if (!origin) return wrong(origin.error());
    int samples = 5;
    for (const auto& word : flags.overrides)
        if (word.starts_with("hydra.sweeper.samples="))
            samples =
                static_cast<int>(std::clamp<std::int64_t>(base::parseInteger(word.substr(22)).value_or(5), 1, 10000));
    auto jobs = jobsOf(flags.overrides, origin->store, samples);
    if (!jobs) return wrong(jobs.error());
    if (const auto composed = composeJobs(*jobs, *origin); !composed) return wrong(composed.error());
    const auto parent = jobs->front().folder.parent_path();
    if (const auto made = base::makeFolder(parent); !made)
        return std::cerr << "continuo train: " << made.error().message << "\n", kFailed;
    configuration::List words;
    for (const auto& word : flags.overrides) words.emplace_back(word);
    (void)base::saveFile(parent / runs::kSweepFile, base::bytesOf(configuration::writeYaml(words)));
    std::cout << jobs->size() << (jobs->size() == 1 ? " run" : " runs") << " in " << parent.string() << std::endl;
    (void)std::signal(SIGPIPE, SIG_IGN); // a closed pager is no reason to lose the runs
    bool allDone = true;
    for (std::size_t i = 0; i < jobs->size(); ++i) {
        std::cout << "\n#" << i << " : " << joined((*jobs)[i].differing) << std::endl;
        const auto done = runOwnWord(childWords((*jobs)[i], flags, i));
        if (!done && done.error().code == base::ErrorCode::Interrupted)
            return std::cerr << "continuo train: the sweep " << done.error().message << "\n", kFailed;
        allDone = allDone && done;
    }
    printOutcome(*jobs);
    return allDone ? kDone : kFailed;
}

} // namespace continuo::app
