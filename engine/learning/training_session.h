#pragma once

#include "engine/configuration/training_settings.h"
#include "engine/learning/batch_tensors.h"
#include "engine/learning/optimizer.h"
#include "engine/network/checkpoint.h"

#include <array>
#include <memory>

namespace continuo::learning {

/// A net and its optimizer: what one step changes and a checkpoint holds.
class TrainingSession {
public:
    TrainingSession(const network::NetworkOptions& network, const configuration::TrainingSettings& settings);

    /// Weights from the seed.
    void initialise();
    /// Weights, moments and update count of a checkpoint with a trainer part.
    base::Status restore(const network::Checkpoint& checkpoint, std::int64_t updates);
    /// Weights alone, for evaluation.
    void loadWeights(const network::SafetensorsFile& model);

    struct StepResult {
        double loss = 0;
        std::array<double, tokens::kFieldCount> fields{};
        double gradientNorm = 0;
        std::int64_t rows = 0;
        bool updated = true; // false: the gradient was not finite and nothing changed
    };
    /// Dropout depends on the seed and `step` alone.
    StepResult step(std::span<const tokens::Rows> windows, std::int64_t step, double learningRate);

    base::Status save(const std::filesystem::path& folder, const network::CheckpointFacts& facts) const;

    const Transformer& net() const { return net_; }
    std::int64_t updates() const { return optimizer_.updates(); }

private:
    FieldLosses forward(const Batch& batch, std::int64_t step) const;

    configuration::TrainingSettings settings_;
    Transformer net_;
    AdamW optimizer_;
};

/// The net that the settings ask for: a named one, with sizes replaced where given.
base::Result<network::NetworkOptions> networkOf(const configuration::TrainingSettings& settings);

/// bf16 where the processor has instructions for its products, else fp32.
const char* fastPrecision();

/// Sets the number of threads and how the process keeps memory; returns the number of threads.
int prepareProcess(const configuration::TrainingSettings& settings);

} // namespace continuo::learning
