#include "engine/learning/optimizer.h"

namespace continuo::learning {
namespace {

std::vector<std::string> memoryNames(const OptimizerOptions& options) {
    if (options.rule == UpdateRule::Sgd && options.momentum == 0) return {};
    if (options.rule == UpdateRule::Sgd) return {"velocity"};
    if (options.amsgrad) return {"mean", "square", "largest"};
    return {"mean", "square"};
}

} // namespace

Optimizer::Optimizer(std::vector<at::Tensor> leaves, const std::vector<bool>& decays, const OptimizerOptions& options)
    : leaves_(std::move(leaves)), decays_(decays), options_(options) {
    for (const auto& name : memoryNames(options_)) {
        memories_.push_back({name, {}});
        for (const auto& leaf : leaves_) memories_.back().values.push_back(at::zeros_like(leaf).detach());
    }
    count_ = at::zeros({}, leaves_.front().options().requires_grad(false));
}

Optimizer::Outcome Optimizer::step(double learningRate, const at::Tensor& loss) {
    const at::NoGradGuard noGradient;
    std::vector<at::Tensor> gradients;
    for (auto& leaf : leaves_) {
        if (!leaf.grad().defined()) leaf.mutable_grad() = at::zeros_like(leaf);
        gradients.push_back(leaf.grad());
    }
    const auto norm = at::linalg_vector_norm(at::stack(at::_foreach_norm(gradients, 2)));
    auto isGood = norm.isfinite();
    if (loss.defined()) isGood = isGood.logical_and(loss.detach().isfinite());
    const auto isBad = isGood.logical_not().to(at::kFloat);
    // The kernels divide the gradient by this number.
    const auto shrink = options_.clip > 0 ? (norm / options_.clip).clamp_min(1.0) : at::ones_like(norm);
    count_.add_(isGood); // an update that does not happen is not counted
    update(true, learningRate, shrink, isBad);
    update(false, learningRate, shrink, isBad);
    for (auto& leaf : leaves_) leaf.mutable_grad().reset();
    return {norm, isBad};
}

void Optimizer::update(bool decaying, double learningRate, const at::Tensor& shrink, const at::Tensor& isBad) {
    std::vector<at::Tensor> parameters, gradients, counts;
    std::vector<std::vector<at::Tensor>> memory(memories_.size());
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
        if (decays_[i] != decaying) continue;
        parameters.push_back(leaves_[i].detach());
        gradients.push_back(leaves_[i].grad());
        counts.push_back(count_);
        for (std::size_t m = 0; m < memory.size(); ++m) memory[m].push_back(memories_[m].values[i]);
    }
    if (parameters.empty()) return;
    const auto decay = decaying ? options_.weightDecay : 0.0;
    const auto velocities = memory.empty() ? std::vector<at::Tensor>{} : memory[0];
    if (options_.rule == UpdateRule::Sgd) // velocities begin at zero, so the first step needs no special case
        return at::_fused_sgd_(parameters, gradients, velocities, decay, options_.momentum, learningRate,
                               /*dampening=*/0.0, /*nesterov=*/false, /*maximize=*/false, /*is_first_step=*/false,
                               shrink, isBad);
    const auto largest = options_.amsgrad ? memory[2] : std::vector<at::Tensor>{};
    if (options_.rule == UpdateRule::AdamW)
        at::_fused_adamw_(parameters, gradients, memory[0], memory[1], largest, counts, learningRate, options_.beta1,
                          options_.beta2, decay, options_.epsilon, options_.amsgrad, /*maximize=*/false, shrink, isBad);
    else
        at::_fused_adam_(parameters, gradients, memory[0], memory[1], largest, counts, learningRate, options_.beta1,
                         options_.beta2, decay, options_.epsilon, options_.amsgrad, /*maximize=*/false, shrink, isBad);
}

std::int64_t Optimizer::updates() const { return static_cast<std::int64_t>(count_.item<float>()); }

void Optimizer::setUpdates(std::int64_t updates) { count_.fill_(static_cast<float>(updates)); }

} // namespace continuo::learning
