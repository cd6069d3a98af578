#pragma once

#include "engine/base/stopwatch.h"
#include "engine/learning/batch_loader.h"
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
        configuration::TrainingSettings settings; // with limits in steps
        network::CheckpointFacts facts;           // network, tokenizer and dataset are filled
        std::string yaml;                         // of the settings, kept in each checkpoint
        TrainerRecord record;                     // where to begin
        std::optional<double> validationLoss;     // of the weights it begins with, where known
        TrainingHooks hooks;
    };

    Trainer(Parts parts, TrainingSession& session, BatchLoader& batches, std::vector<tokens::Rows> validation,
            RunReporter& reporter, SampleWriter& samples);

    /// Runs to an end of any kind. An error: training had to be given up; the newest checkpoint stands.
    base::Result<TrainingOutcome> run();

    /// Trained since it was made.
    double secondsHere() const { return seconds() - parts_.record.seconds; }

private:
    enum class Ending { None, Finished, Stopped };

    Ending ending() const;
    bool isStopAsked();
    void obeyRequests();
    void pause();
    base::Status oneStep();
    base::Status report(double rate, std::int64_t rows);
    void validate();
    bool checkpoint();
    void askForSamples();
    bool isSampled(std::int64_t step) const;
    base::Error lastCheckpointMissing() const;
    std::filesystem::path checkpointFolder() const; // of the present step
    double seconds() const;
    std::string rateText() const;

    const Parts parts_;
    TrainerRecord record_;
    TrainingSession& session_;
    BatchLoader& batches_;
    std::vector<tokens::Rows> validation_;
    RunReporter& reporter_;
    SampleWriter& samples_;
    base::Stopwatch watch_;
    double secondsBefore_ = 0; // trained in earlier sessions, less the pauses of this one
    bool stopAsked_ = false;
    std::int64_t rowsUnreported_ = 0;
    std::optional<double> lastValidation_; // of the present weights
    std::int64_t lastCheckpoint_ = -1;
    base::Error checkpointProblem_; // of the last one that was not written
};

} // namespace continuo::learning
