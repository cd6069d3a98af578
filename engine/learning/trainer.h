#pragma once

#include "engine/base/stopwatch.h"
#include "engine/learning/batch_source.h"
#include "engine/learning/run_reporter.h"
#include "engine/learning/sample_writer.h"
#include "engine/learning/trainer_record.h"
#include "engine/learning/training_session.h"
#include "engine/learning/validation.h"

namespace continuo::learning {

/// A run at work: steps, validations, checkpoints, requests. Everything it needs is made before it; it makes the
/// decisions.
class Trainer {
public:
    struct Parts {
        runs::RunDirectory run;
        configuration::TrainingSettings settings;
        network::CheckpointFacts facts; // network, tokenizer and dataset are filled
        std::string yaml;               // of the settings, kept in each checkpoint
        TrainerRecord record;           // where to begin
        TrainingHooks hooks;
    };

    Trainer(Parts parts, TrainingSession& session, BatchSource& batches, std::vector<tokens::Rows> validation,
            RunReporter& reporter, SampleWriter& samples);

    /// Runs to an end of any kind. An error: training had to be given up; the newest checkpoint stands.
    base::Result<TrainingOutcome> run();

private:
    enum class Ending { None, Finished, Stopped };

    Ending ending() const;
    bool isStopAsked();
    void obeyRequests();
    void pause();
    base::Status oneStep();
    void validate();
    bool checkpoint();
    base::Error lastCheckpointMissing() const;
    std::filesystem::path checkpointFolder() const; // of the present step
    double seconds() const;
    std::optional<double> secondsLimit() const;
    std::string rateText() const;

    Parts parts_;
    TrainerRecord& record_;
    TrainingSession& session_;
    BatchSource& batches_;
    std::vector<tokens::Rows> validation_;
    RunReporter& reporter_;
    SampleWriter& samples_;
    base::Stopwatch watch_;
    double secondsBefore_ = 0; // trained in earlier sessions, less the pauses of this one
    bool stopAsked_ = false;
    std::optional<double> lastValidation_; // of the present weights
    std::int64_t lastCheckpoint_ = -1;
    base::Error checkpointProblem_; // of the last one that was not written
};

} // namespace continuo::learning
