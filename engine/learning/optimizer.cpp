#include "engine/learning/optimizer.h"

namespace continuo::learning {

AdamW::AdamW(std::vector<at::Tensor> leaves, const std::vector<bool>& decays, const AdamWOptions& options)
    : leaves_(std::move(leaves)), decays_(decays), options_(options) {
    for (const auto& leaf : leaves_) {
        means_.push_back(at::zeros_like(leaf).detach());
        squares_.push_back(at::zeros_like(leaf).detach());
        counts_.push_back(at::zeros({}, at::kFloat));
    }
}

at::Tensor AdamW::step(double learningRate) {
    const at::NoGradGuard noGradient;
    std::vector<at::Tensor> gradients;
    for (auto& leaf : leaves_) {
        if (!leaf.grad().defined()) leaf.mutable_grad() = at::zeros_like(leaf);
        gradients.push_back(leaf.grad());
    }
    const auto norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)));
    const auto isBad = norm.isfinite().logical_not().to(at::kFloat);
    // The kernel divides the gradient by this number.
    const auto shrink = options_.clip > 0 ? (norm / options_.clip).clamp_min(1.0) : at::ones({}, at::kFloat);
    at::_foreach_add_(counts_, at::rsub(isBad, 1.0).item()); // an update that does not happen is not counted
    update(true, learningRate, shrink, isBad);
    update(false, learningRate, shrink, isBad);
    for (auto& leaf : leaves_) leaf.mutable_grad().reset();
    return norm;
}

void AdamW::update(bool decaying, double learningRate, const at::Tensor& shrink, const at::Tensor& isBad) {
    std::vector<at::Tensor> parameters, gradients, means, squares, counts;
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        if (decays_[i] != decaying) continue;
        parameters.push_back(leaves_[i].detach());
        gradients.push_back(leaves_[i].grad());
        means.push_back(means_[i]);
        squares.push_back(squares_[i]);
        counts.push_back(counts_[i]);
    }
    if (parameters.empty()) return;
    at::_fused_adamw_(parameters, gradients, means, squares, {}, counts, learningRate, options_.beta1, options_.beta2,
                      decaying ? options_.weightDecay : 0.0, options_.epsilon, /*amsgrad=*/false, /*maximize=*/false,
                      shrink, isBad);
}

std::int64_t AdamW::updates() const {
    return counts_.empty() ? 0 : static_cast<std::int64_t>(counts_[0].item<float>());
}

void AdamW::setUpdates(std::int64_t updates) {
    for (auto& count : counts_) count.fill_(static_cast<float>(updates));
}

} // namespace continuo::learning
