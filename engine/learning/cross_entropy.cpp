#include "engine/learning/cross_entropy.h"

namespace continuo::learning {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

class Function : public torch::autograd::Function<Function> {
public:
    static at::Tensor forward(AutogradContext* context, const at::Tensor& logits, const at::Tensor& targets,
                              const std::vector<std::int64_t>& vocabularies, at::Tensor fields) {
        const auto rows = logits.size(0);
        auto gradient = at::empty_like(logits);
        std::int64_t offset = 0;
        for (std::size_t i = 0; i < vocabularies.size(); ++i) {
            const auto target = targets.narrow(1, static_cast<std::int64_t>(i), 1);
            auto p = at::log_softmax(logits.narrow(1, offset, vocabularies[i]), -1, at::kFloat);
            fields[static_cast<std::int64_t>(i)] = p.gather(1, target).mean().neg_();
            p.exp_().scatter_add_(1, target, at::full({1, 1}, -1.0F).expand({rows, 1}));
            gradient.narrow(1, offset, vocabularies[i]).copy_(p.mul_(1.0 / static_cast<double>(rows)));
            offset += vocabularies[i];
        }
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
    auto fields = at::zeros({static_cast<std::int64_t>(vocabularies.size())}, at::kFloat);
    auto total = Function::apply(logits, targets, vocabularies, fields);
    return {total, fields};
}

} // namespace continuo::learning
