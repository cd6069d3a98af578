#pragma once

#include "engine/learning/torch.h"

#include <span>
#include <vector>

namespace continuo::learning {

struct AdamWOptions {
    double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;
    double weightDecay = 0.01; // of the leaves that decay
    double clip = 1.0;         // largest norm of the whole gradient; 0: unclipped
};

/// Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2, by LibTorch's fused kernel,
/// with the gradient scaled down to a norm (Pascanu et al., ICML 2013) on the way. A gradient that is not finite
/// changes nothing.
class AdamW {
public:
    /// `decays`: one for each leaf.
    AdamW(std::vector<at::Tensor> leaves, const std::vector<bool>& decays, const AdamWOptions& options);

    /// One update from the leaves' gradients, which are then released. Returns the norm before clipping, a scalar;
    /// where it is not finite nothing was updated.
    at::Tensor step(double learningRate);

    // State, in the order of the leaves.
    const std::vector<at::Tensor>& means() const { return means_; }
    const std::vector<at::Tensor>& squares() const { return squares_; }
    std::int64_t updates() const;
    void setUpdates(std::int64_t updates);

private:
    void update(bool decaying, double learningRate, const at::Tensor& shrink, const at::Tensor& isBad);

    std::vector<at::Tensor> leaves_, means_, squares_, counts_;
    std::vector<bool> decays_;
    AdamWOptions options_;
};

} // namespace continuo::learning
