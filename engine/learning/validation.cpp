#include "engine/learning/validation.h"

#include <algorithm>

namespace continuo::learning {

ValidationLosses validationLosses(const Transformer& net, std::span<const tokens::Rows> windows,
                                  const std::function<bool()>& isStopped, const LossRules& rules) {
    constexpr std::size_t kRowsAtATime = 4096;
    const at::NoGradGuard noGradient;
    ValidationLosses losses;
    for (const auto run : inRuns(windows, kRowsAtATime)) {
        if (isStopped && isStopped()) break;
        const auto batch = makeBatch(run, net.options(), rules).to(net.device());
        const auto logits = batchLogits(net, batch, {}, rules);
        const auto fields =
            fieldCrossEntropy(logits, batch.targets, net.vocabularies()).fields.to(at::kCPU).contiguous();
        const auto rows = batch.targets.size(0);
        for (std::size_t f = 0; f < net.options().streams.size(); ++f)
            losses.fields[f] += static_cast<double>(fields.data_ptr<float>()[f]) * static_cast<double>(rows);
        if (net.options().family == network::Family::Structured)
            losses.illegal.add(batchIllegalMass(logits, batch, rules));
        losses.rows += rows;
    }
    for (auto& field : losses.fields) {
        field /= static_cast<double>(std::max<std::int64_t>(1, losses.rows));
        losses.total += field;
    }
    return losses;
}

} // namespace continuo::learning
