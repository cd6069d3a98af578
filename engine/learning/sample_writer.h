#pragma once

#include "engine/configuration/training_settings.h"
#include "engine/corpus/dataset.h"
#include "engine/inference/continuation.h"
#include "engine/learning/run_reporter.h"
#include "engine/runs/run_directory.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace continuo::learning {

/// What samples are asked for: of a checkpoint, and where the run stood then.
struct SampleTask {
    std::int64_t step = 0;
    std::filesystem::path checkpoint;
    double seconds = 0;
    std::int64_t tokens = 0;
};

/// Lets a run be heard: continues the first bars of some validation pieces with each new checkpoint, or, where the
/// settings count rows, makes pieces from nothing; writes samples/step-N-K.mid and logs their measures as
/// generated/NAME. Always the same pieces and seeds, so that samples of two steps differ by the net alone. Works on a
/// thread of its own (OpenMP's width is a thread's own affair).
class SampleWriter {
public:
    SampleWriter(const runs::RunDirectory& run, const corpus::Dataset& dataset,
                 const configuration::TrainingSettings& settings, RunReporter& reporter, SoundMaker makeSound);
    /// Waits for the samples that were asked for.
    ~SampleWriter();
    SampleWriter(const SampleWriter&) = delete;
    SampleWriter& operator=(const SampleWriter&) = delete;

    /// Returns at once, unless earlier samples are still being made.
    void ask(const SampleTask& task);
    /// Until all that was asked for is made.
    void wait();

private:
    void work(const std::stop_token& stop);
    void write(const SampleTask& task);
    struct Made {
        score::Score whole; // with its prompt, as it is written
        score::Score fresh; // what is measured
    };
    base::Result<Made> make(const inference::Model& model, std::size_t sample) const;
    base::Result<Made> continued(const inference::Model& model, std::size_t sample) const;
    base::Result<Made> fromNothing(const inference::Model& model, std::size_t sample) const;
    inference::SamplerSettings sampler() const;
    void choosePrompts(const corpus::Dataset& dataset);
    void measure(const SampleTask& task, const std::vector<score::Score>& made);
    void sound(std::int64_t step, std::size_t sample, const std::filesystem::path& midi);
    bool isHeard(std::int64_t step) const;

    runs::RunDirectory run_;
    std::size_t count_ = 0; // of samples
    std::vector<score::Score> prompts_;
    std::vector<score::Tick> ends_; // of the prompts
    configuration::TrainingSettings settings_;
    RunReporter& reporter_;
    SoundMaker makeSound_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<SampleTask> task_; // until it is done
    std::jthread thread_;
};

/// What the names of the values that samples log begin with.
inline constexpr const char* kSampleValues = "generated/";
/// Those names.
std::vector<std::string> sampleMeasures();

} // namespace continuo::learning
