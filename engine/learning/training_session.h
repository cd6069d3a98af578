#pragma once

#include "engine/configuration/training_settings.h"
#include "engine/learning/batch_tensors.h"
#include "engine/learning/device.h"
#include "engine/learning/optimizer.h"
#include "engine/learning/profiler.h"
#include "engine/network/checkpoint.h"
#include "engine/runs/event_log.h"

#include <vector>

namespace continuo::learning {

/// A net and its optimizer: what one step changes and a checkpoint holds.
class TrainingSession {
public:
    TrainingSession(const network::NetworkOptions& network, const configuration::TrainingSettings& settings,
                    at::Device device = at::kCPU);

    /// Weights from the seed.
    void initialise();
    /// Weights and the optimizer's memories from a checkpoint with a trainer part, and the counts that its record
    /// holds.
    base::Status restore(const network::Checkpoint& checkpoint, std::int64_t updates, std::int64_t badInARow = 0);
    /// Weights alone: for evaluation, or to begin anew from them.
    void loadWeights(const network::SafetensorsFile& model);

    /// One update from `windows`, in as many batches as are accumulated, each counted by its rows: their number changes
    /// the result by rounding alone. Dropout depends on the seed and `step`. Nothing waits for the device;
    /// `histograms`, where given, does. Returns the real rows learned from.
    std::int64_t step(std::span<const tokens::Rows> windows, std::int64_t step, double learningRate,
                      std::vector<runs::NamedHistogram>* histograms = nullptr);
    /// Whether the steps that follow sum up a structured net's illegal mass too, which costs it about two percent.
    void sumIllegalMass(bool wanted) { sumsIllegalMass_ = wanted; }

    struct StepResult {
        double loss = 0;
        std::vector<double> fields; // in the order of the streams
        double gradientNorm = 0;
        std::int64_t badInARow = 0; // steps to this one that changed nothing: loss or gradient was not finite
        IllegalMass illegal;        // of a structured net, where it was asked for; else nothing
    };
    /// Of the last step. Waits for the device.
    StepResult lastStep() const;

    /// Refused, with nothing written, where a weight or a memory is not finite.
    base::Status save(const std::filesystem::path& folder, const network::CheckpointFacts& facts) const;

    const Transformer& net() const { return net_; }
    std::int64_t updates() const { return optimizer_.updates(); }
    Profiler& profiler() { return profiler_; }

private:
    FieldLosses forward(const Batch& batch, std::int64_t step, std::size_t part);
    std::vector<Batch> batchesOf(std::span<const tokens::Rows> windows) const;

    configuration::TrainingSettings settings_;
    Transformer net_;
    Optimizer optimizer_;
    Profiler profiler_;
    bool sumsIllegalMass_ = false;
    at::Tensor illegal_;   // of the step on its way: illegalSums, or undefined
    at::Tensor last_;      // [3 + streams (+ 8)]: loss, norm, bad steps in a row, fields, illegalSums
    at::Tensor badInARow_; // scalar
};

/// The net that the settings ask for: a named one, with sizes replaced where given.
base::Result<network::NetworkOptions> networkOf(const configuration::TrainingSettings& settings);

} // namespace continuo::learning
