#include "engine/learning/batch_tensors.h"

#include <algorithm>

namespace continuo::learning {

Batch makeBatch(std::span<const tokens::Rows> windows, Padding padding) {
    constexpr auto kFields = static_cast<std::int64_t>(tokens::kFieldCount);
    std::size_t longest = 2;
    for (const auto& rows : windows) longest = std::max(longest, rows.size());
    const auto time = static_cast<std::int64_t>(longest) - 1;
    Batch batch;
    batch.inputs = at::zeros({static_cast<std::int64_t>(windows.size()), time, kFields}, at::kLong);
    auto* input = batch.inputs.data_ptr<std::int64_t>();
    std::vector<std::int64_t> positions, targets;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const auto& rows = windows[w];
        for (std::size_t t = 0; t + 1 < longest; ++t) {
            const bool isReal = t + 1 < rows.size();
            for (std::size_t f = 0; f < tokens::kFieldCount; ++f, ++input)
                if (t < rows.size()) *input = rows[t][f];
            if (!isReal && padding == Padding::Ignored) continue;
            batch.rows += isReal ? 1 : 0;
            positions.push_back(static_cast<std::int64_t>(w) * time + static_cast<std::int64_t>(t));
            for (std::size_t f = 0; f < tokens::kFieldCount; ++f) targets.push_back(isReal ? rows[t + 1][f] : 0);
        }
    }
    batch.positions = at::tensor(positions, at::kLong);
    batch.targets = at::tensor(targets, at::kLong).view({-1, kFields});
    return batch;
}

FieldLosses batchLosses(const Transformer& net, const Batch& batch, const Dropouts& dropouts) {
    const auto hidden = net.hidden(batch.inputs, dropouts).flatten(0, 1);
    const bool isFull = batch.positions.size(0) == hidden.size(0);
    const auto predicted = isFull ? hidden : hidden.index_select(0, batch.positions);
    return fieldCrossEntropy(net.logits(predicted), batch.targets, net.vocabularies());
}

} // namespace continuo::learning
