#pragma once

#include "engine/learning/torch.h"

#include <string>
#include <vector>

namespace continuo::learning {

/// AdamW: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2. Adam: Kingma and Ba,
/// ICLR 2015, with the decay as a part of the gradient. Sgd: momentum as in Sutskever et al., ICML 2013, in the form of
/// PyTorch (the velocity sums gradients; the rate multiplies it), with the decay as a part of the gradient.
enum class UpdateRule { AdamW, Adam, Sgd };

struct OptimizerOptions {
    UpdateRule rule = UpdateRule::AdamW;
    double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8; // of the Adams
    bool amsgrad = false;      // of the Adams: divides by the largest mean square so far (Reddi et al., ICLR 2018)
    double momentum = 0.9;     // of Sgd
    double weightDecay = 0.01; // of the leaves that decay
    double clip = 1.0;         // largest norm of the whole gradient; 0: unclipped
};

/// Changes weights by their gradients, by LibTorch's fused kernels, with the gradient scaled down to a norm (Pascanu et
/// al., ICML 2013) on the way. A gradient or a loss that is not finite changes nothing. Nothing here makes the host
/// wait for the device.
class Optimizer {
public:
    /// `decays`: one for each leaf.
    Optimizer(std::vector<at::Tensor> leaves, const std::vector<bool>& decays, const OptimizerOptions& options);

    /// Scalars on the device of the leaves.
    struct Outcome {
        at::Tensor norm;  // of the gradient before clipping
        at::Tensor isBad; // 1: nothing was changed, because norm or loss is not finite; 0 otherwise
    };
    /// One update from the leaves' gradients, which are then released.
    Outcome step(double learningRate, const at::Tensor& loss = {});

    /// What it remembers of each leaf, in the order of the leaves: "mean", "square" and with amsgrad "largest" of the
    /// Adams, "velocity" of Sgd with momentum.
    struct Memory {
        std::string name;
        std::vector<at::Tensor> values;
    };
    const std::vector<Memory>& memories() const { return memories_; }
    /// Updates that happened. Waits for the device.
    std::int64_t updates() const;
    void setUpdates(std::int64_t updates);

private:
    void update(bool decaying, double learningRate, const at::Tensor& shrink, const at::Tensor& isBad);

    std::vector<at::Tensor> leaves_;
    std::vector<Memory> memories_;
    at::Tensor count_;
    std::vector<bool> decays_;
    OptimizerOptions options_;
};

} // namespace continuo::learning
