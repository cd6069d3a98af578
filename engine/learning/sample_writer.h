#pragma once

#include "engine/configuration/training_settings.h"
#include "engine/corpus/dataset.h"
#include "engine/runs/run_directory.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace continuo::learning {

/// Lets a run be heard: continues the first bars of some validation pieces with each new checkpoint and writes
/// samples/step-N-K.mid. Always the same pieces and seeds, so that samples of two steps differ by the net alone. Works
/// on a thread of its own (OpenMP's width is a thread's own affair); a checkpoint that comes while one is at work
/// waits, and only the newest waits.
class SampleWriter {
public:
    using Say = std::function<void(const std::string&)>;

    SampleWriter(const runs::RunDirectory& run, const corpus::Dataset& dataset,
                 const configuration::TrainingSettings& settings, Say say);
    /// Waits for the samples that were asked for.
    ~SampleWriter();
    SampleWriter(const SampleWriter&) = delete;
    SampleWriter& operator=(const SampleWriter&) = delete;

    void ask(std::int64_t step, const std::filesystem::path& checkpoint);

private:
    struct Task {
        std::int64_t step = 0;
        std::filesystem::path checkpoint;
    };

    void work(const std::stop_token& stop);
    void write(const Task& task);

    runs::RunDirectory run_;
    std::vector<score::Score> prompts_;
    std::vector<score::Tick> ends_; // of the prompts
    configuration::TrainingSettings settings_;
    Say say_;
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::optional<Task> task_;
    std::jthread thread_;
};

} // namespace continuo::learning
