#include "engine/learning/attention.h"

#include "engine/learning/attention_kernel.h"
#include "engine/learning/row_functions.h"

#include <limits>

namespace continuo::learning {
namespace {

#if CONTINUO_X86_KERNELS

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

constexpr std::int64_t kHeadWidth = 64;

Bfloat16* bitsOf(const at::Tensor& tensor) { return static_cast<Bfloat16*>(tensor.data_ptr()); }

/// The tensors of one pass cut into windows and heads.
class Heads {
public:
    Heads(const at::Tensor& qkv, const std::vector<float>& slopes)
        : time_(qkv.size(1)), heads_(qkv.size(3)), count_(qkv.size(0) * heads_), slopes_(slopes) {}

    /// work(index, window, head) for each, on all threads.
    template <typename Work>
    void forEach(const Work& work) const {
        at::parallel_for(0, count_, 1, [&](std::int64_t first, std::int64_t end) {
            for (auto i = first; i < end; ++i) work(i, i / heads_, i % heads_);
        });
    }

    /// Queries (0), keys (1) or values (2) of a tensor shaped like qkv.
    template <typename Value>
    HeadRows<Value> third(Value* qkv, std::int64_t which, std::int64_t window, std::int64_t head) const {
        const auto stride = 3 * heads_ * kHeadWidth;
        return {qkv + window * time_ * stride + (which * heads_ + head) * kHeadWidth, stride};
    }
    template <typename Value>
    HeadRows<Value> mixed(Value* out, std::int64_t window, std::int64_t head) const {
        const auto stride = heads_ * kHeadWidth;
        return {out + window * time_ * stride + head * kHeadWidth, stride};
    }
    HeadInputs inputs(const Bfloat16* qkv, std::int64_t window, std::int64_t head) const {
        return {third(qkv, 0, window, head), third(qkv, 1, window, head), third(qkv, 2, window, head), time_,
                slopes_.empty() ? 0.0F : slopes_[static_cast<std::size_t>(head)]};
    }
    std::int64_t time() const { return time_; }
    std::int64_t count() const { return count_; }

private:
    std::int64_t time_, heads_, count_;
    const std::vector<float>& slopes_;
};

class Function : public torch::autograd::Function<Function> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& qkv, const std::vector<float>& slopes) {
        const Heads heads(qkv, slopes);
        auto out = at::empty({qkv.size(0), qkv.size(1), qkv.size(3) * kHeadWidth}, qkv.options());
        auto logSums = at::empty({heads.count(), heads.time()}, at::kFloat);
        heads.forEach([&](std::int64_t i, std::int64_t window, std::int64_t head) {
            attend(heads.inputs(bitsOf(qkv), window, head), heads.mixed(bitsOf(out), window, head),
                   logSums.data_ptr<float>() + i * heads.time());
        });
        context->save_for_backward({qkv, out, logSums});
        context->saved_data["slopes"] = std::vector<double>(slopes.begin(), slopes.end());
        return out;
    }

    static variable_list backward(AutogradContext* context, variable_list upstream) {
        const auto saved = context->get_saved_variables();
        const auto wide = context->saved_data["slopes"].toDoubleVector();
        const std::vector<float> slopes(wide.begin(), wide.end());
        const Heads heads(saved[0], slopes);
        const auto outGradient = upstream[0].contiguous();
        auto gradient = at::empty_like(saved[0]);
        heads.forEach([&](std::int64_t i, std::int64_t window, std::int64_t head) {
            const auto* out = static_cast<const Bfloat16*>(bitsOf(saved[1]));
            const auto* upper = static_cast<const Bfloat16*>(bitsOf(outGradient));
            attendBackward(heads.inputs(bitsOf(saved[0]), window, head), heads.mixed(out, window, head),
                           heads.mixed(upper, window, head), saved[2].data_ptr<float>() + i * heads.time(),
                           {heads.third(bitsOf(gradient), 0, window, head),
                            heads.third(bitsOf(gradient), 1, window, head),
                            heads.third(bitsOf(gradient), 2, window, head)});
        });
        return {gradient, at::Tensor()};
    }
};

#endif

} // namespace

at::Tensor causalBias(std::int64_t heads, std::int64_t time, const std::vector<float>& slopes) {
    const auto at = at::arange(time, at::kFloat);
    const auto distance = at.unsqueeze(1) - at.unsqueeze(0);
    const auto steepness = slopes.empty() ? at::zeros({1, 1, 1, 1}) : at::tensor(slopes).view({1, heads, 1, 1});
    return (-steepness * distance).masked_fill(distance < 0, -std::numeric_limits<float>::infinity());
}

at::Tensor plainCausalAttention(const at::Tensor& qkv, const std::vector<float>& slopes, const at::Tensor& bias,
                                double dropout) {
    const auto each = qkv.permute({2, 0, 3, 1, 4});
    const auto q = each.select(0, 0), k = each.select(0, 1), v = each.select(0, 2);
    auto added = bias;
    if (!added.defined() && !slopes.empty()) added = causalBias(qkv.size(3), qkv.size(1), slopes).to(qkv.device());
    const auto mask = added.defined() ? std::optional(added.to(q.dtype())) : std::nullopt;
    const auto mixed = at::scaled_dot_product_attention(q, k, v, mask, dropout, /*is_causal=*/!mask);
    return mixed.transpose(1, 2).reshape({qkv.size(0), qkv.size(1), qkv.size(3) * qkv.size(4)});
}

at::Tensor causalAttention(const at::Tensor& qkv, const std::vector<float>& slopes, const at::Tensor& bias,
                           double dropout) {
#if CONTINUO_X86_KERNELS
    if (hasKernels() && qkv.is_cpu() && qkv.scalar_type() == at::kBFloat16 && !bias.defined() && dropout == 0)
        return Function::apply(qkv.contiguous(), slopes);
#endif
    return plainCausalAttention(qkv, slopes, bias, dropout);
}

} // namespace continuo::learning
