#pragma once

#include "engine/configuration/configuration.h"
#include "engine/runs/run_directory.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Training, resuming and evaluating, without a torch type in sight.
namespace continuo::learning {

/// After each step.
struct Progress {
    std::int64_t step = 0;
    std::int64_t maxSteps = 0;  // 0: no limit
    double trainLoss = 0;       // running mean of the last steps, nats a row
    double tokensPerSecond = 0; // 0 while estimating
    std::optional<double> secondsLeft;
};

/// How a run talks to whoever started it. All are called on the training thread; any may be absent.
struct TrainingHooks {
    std::function<bool()> isStopAsked;
    std::function<void(const Progress&)> onProgress;
    std::function<void(const std::string& sentence)> say;
};

struct TrainingOutcome {
    bool stopped = false; // on request, before the end
    std::int64_t step = 0;
    std::optional<double> bestValidationLoss;
};

/// Trains from the beginning into a new run folder. `configuration` is of trainingKeys(); `words` are kept for the
/// record.
base::Result<TrainingOutcome> train(const runs::RunDirectory& run, configuration::Configuration configuration,
                                    const std::vector<std::string>& words, const TrainingHooks& hooks = {});

/// Goes on from the newest finished checkpoint, with the settings it was made with and `overrides` over them. On the
/// same machine and with the same number of threads the weights come out as if the run had never stopped, bit for bit.
base::Result<TrainingOutcome> resume(const runs::RunDirectory& run, const std::vector<std::string>& overrides,
                                     const TrainingHooks& hooks = {});

struct Evaluation {
    std::string network, dataset, part;
    std::int64_t step = 0;
    std::int64_t rows = 0;
    double total = 0; // nats a row, sum over the fields
    std::vector<std::pair<std::string, double>> fields;
    double unigram = 0; // the loss of the best guess that sees no context
};

/// Loss of a checkpoint over all windows of one part ("val" or "test") of a dataset. `place`: a checkpoint or a run,
/// whose best checkpoint is taken. An empty dataset: the one it was trained on.
base::Result<Evaluation> evaluate(const std::filesystem::path& place, const std::string& dataset,
                                  const std::string& part, std::int64_t threads = 0,
                                  const std::function<bool()>& isStopAsked = {});

} // namespace continuo::learning
