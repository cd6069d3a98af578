#include "engine/learning/cross_entropy.h"

#include "engine/learning/row_functions.h"
#include "engine/learning/row_kernels.h"

#include <algorithm>

namespace continuo::learning {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

/// Fills `gradient` and `fields` head by head.
void plainLosses(const at::Tensor& logits, const at::Tensor& targets, const std::vector<std::int64_t>& vocabularies,
                 at::Tensor& fields, at::Tensor& gradient) {
    const auto rows = logits.size(0);
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < vocabularies.size(); ++i) {
        const auto target = targets.narrow(1, static_cast<std::int64_t>(i), 1);
        const auto weight = target.ge(0).to(at::kFloat).div_(static_cast<double>(rows)); // 0 where not counted
        const auto id = target.clamp_min(0);
        auto p = at::log_softmax(logits.narrow(1, offset, vocabularies[i]), -1, at::kFloat);
        fields[static_cast<std::int64_t>(i)] = p.gather(1, id).mul_(weight).sum().neg_();
        p.exp_().scatter_add_(1, id, at::full({1, 1}, -1.0, p.options()).expand({rows, 1}));
        gradient.narrow(1, offset, vocabularies[i]).copy_(p.mul_(weight));
        offset += vocabularies[i];
    }
}

#if CONTINUO_X86_KERNELS
/// The same, row by row, each read and written once.
void rowLosses(const at::Tensor& logits, const at::Tensor& targets, const std::vector<std::int64_t>& vocabularies,
               at::Tensor& fields, at::Tensor& gradient) {
    const auto rows = logits.size(0), width = logits.size(1), streams = targets.size(1);
    const auto losses = at::empty({rows, streams}, at::kFloat);
    const auto weight = 1.0F / static_cast<float>(rows);
    at::parallel_for(0, rows, 64, [&](std::int64_t first, std::int64_t end) {
        for (auto i = first; i < end; ++i)
            rowCrossEntropies(static_cast<const Bfloat16*>(logits.data_ptr()) + i * width,
                              targets.data_ptr<std::int64_t>() + i * streams, vocabularies, weight,
                              losses.data_ptr<float>() + i * streams,
                              static_cast<Bfloat16*>(gradient.data_ptr()) + i * width);
    });
    fields.copy_(losses.sum(0, false, at::kDouble) / static_cast<double>(std::max<std::int64_t>(rows, 1)));
}
#endif

class Function : public torch::autograd::Function<Function> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& logits, const at::Tensor& targets,
                              const std::vector<std::int64_t>& vocabularies, at::Tensor fields) {
        auto gradient = at::empty_like(logits);
#if CONTINUO_X86_KERNELS
        if (hasKernels() && logits.is_cpu() && logits.scalar_type() == at::kBFloat16)
            rowLosses(logits.contiguous(), targets.contiguous(), vocabularies, fields, gradient);
        else
#endif
            plainLosses(logits, targets, vocabularies, fields, gradient);
        context->save_for_backward({gradient});
        return fields.sum();
    }

    static variable_list backward(AutogradContext* context, variable_list upstream) {
        const auto gradient = context->get_saved_variables()[0];
        return {gradient * upstream[0].to(gradient.dtype()), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

} // namespace

FieldLosses fieldCrossEntropy(const at::Tensor& logits, const at::Tensor& targets,
                              const std::vector<std::int64_t>& vocabularies) {
    auto fields = at::zeros({static_cast<std::int64_t>(vocabularies.size())},
                            at::TensorOptions(logits.device()).dtype(at::kFloat));
    auto total = Function::apply(logits, targets, vocabularies, fields);
    return {total, fields};
}

} // namespace continuo::learning
