#pragma once

#include "engine/configuration/configuration.h"
#include "engine/runs/run_directory.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

/// Training, resuming and evaluating, without a torch type in sight.
namespace continuo::learning {

/// Where a run stands.
struct Progress {
    std::int64_t step = 0;
    std::int64_t maxSteps = 0;  // 0: no limit
    double trainLoss = 0;       // running mean of the last steps, nats a row
    double tokensPerSecond = 0; // 0 while estimating
    std::optional<double> secondsLeft;
};

/// Writes a MIDI file as a WAV file. On a thread of its own.
using SoundMaker = std::function<base::Status(const std::filesystem::path& midi, const std::filesystem::path& wav)>;

/// How a run talks to whoever started it, on the training thread (`say` also on others); any may be absent.
struct TrainingHooks {
    std::function<bool()> isStopAsked;
    std::function<void(const Progress&)> onProgress; // after each step that is logged
    std::function<void(const std::string& sentence)> say;
    SoundMaker makeSound; // absent: samples are not played in TensorBoard
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

struct ResumeRequest {
    runs::RunDirectory run;
    std::string checkpoint;             // empty: the newest; "best"; or a step
    std::vector<std::string> overrides; // settings over those of the checkpoint
    /// Takes the weights alone: optimizer, schedule and step begin anew, in a run folder of its own.
    bool weightsOnly = false;
    runs::RunDirectory into; // with weightsOnly: the new run folder; must not hold a run
};

/// Goes on with a run. On the same machine and with the same number of threads everything comes out as if it had never
/// stopped, bit for bit. Where the newest checkpoint is damaged, the one before it is taken, with a sentence. Logs of
/// later steps are cut, later checkpoints set aside.
base::Result<TrainingOutcome> resume(const ResumeRequest& request, const TrainingHooks& hooks = {});

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
