#include "engine/learning/batch_tensors.h"

#include <algorithm>

namespace continuo::learning {
LossRules lossRules(std::string_view parity) {
    if (parity == "midi-lm") return {.emptyFields = true, .padding = true, .paddedRows = PaddedRows::Silent};
    if (parity == "mmt") return {.emptyFields = true, .padding = true, .paddedRows = PaddedRows::Even};
    return {};
}

Batch Batch::to(at::Device device) const {
    auto moved = *this;
    for (auto* tensor : {&moved.inputs, &moved.isReal, &moved.targets, &moved.positions})
        if (tensor->defined()) *tensor = tensor->to(device);
    return moved;
}

std::vector<std::span<const tokens::Rows>> inRuns(std::span<const tokens::Rows> windows, std::size_t rows) {
    std::vector<std::span<const tokens::Rows>> runs;
    for (std::size_t first = 0; first < windows.size();) {
        auto last = first;
        std::size_t longest = 0;
        while (last < windows.size()) {
            const auto length = std::max(longest, windows[last].size());
            if (last > first && length * (last - first + 1) > rows) break;
            longest = length;
            ++last;
        }
        runs.push_back(windows.subspan(first, last - first));
        first = last;
    }
    return runs;
}

std::vector<std::span<const tokens::Rows>> inEvenRuns(std::span<const tokens::Rows> sorted) {
    constexpr std::size_t kLargest = 4352, kSmallest = 1088; // four windows and one of 1,024 rows, and some
    for (auto rows = kLargest;; rows /= 2) {
        auto runs = inRuns(sorted, rows);
        double real = 0, all = 0;
        for (const auto& run : runs) {
            for (const auto& window : run) real += static_cast<double>(window.size());
            all += static_cast<double>(run.back().size() * run.size());
        }
        if (rows <= kSmallest || all - real <= 0.03 * all) return runs;
    }
}

Batch makeBatch(std::span<const tokens::Rows> windows, const network::NetworkOptions& net, const LossRules& rules) {
    const auto streams = net.streams.size(), kind = net.kindStream();
    std::size_t longest = 2;
    for (const auto& rows : windows) longest = std::max(longest, rows.size());
    const auto count = static_cast<std::int64_t>(windows.size()), time = static_cast<std::int64_t>(longest) - 1;
    Batch batch;
    batch.inputs = at::zeros({count, time, static_cast<std::int64_t>(streams)}, at::kLong);
    auto* input = batch.inputs.data_ptr<std::int64_t>();
    std::vector<std::int64_t> positions, targets;
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const auto& rows = windows[w];
        for (std::size_t t = 0; t + 1 < longest; ++t) {
            const bool isReal = t + 1 < rows.size();
            for (std::size_t f = 0; f < streams; ++f, ++input)
                if (t < rows.size()) *input = rows[t][f];
            if (!isReal && !rules.padding) continue;
            batch.rows += isReal ? 1 : 0;
            positions.push_back(static_cast<std::int64_t>(w) * time + static_cast<std::int64_t>(t));
            for (std::size_t f = 0; f < streams; ++f) {
                const auto id = isReal ? rows[t + 1][f] : std::uint16_t{0};
                targets.push_back(id > 0 || f == kind || rules.emptyFields ? id : -1);
            }
        }
    }
    batch.positions = at::tensor(positions, at::kLong);
    batch.targets = at::tensor(targets, at::kLong).view({-1, static_cast<std::int64_t>(streams)});
    if (!rules.padding) return batch;
    batch.isReal = at::zeros({count, time}, at::kBool);
    for (std::int64_t w = 0; w < count; ++w) {
        const auto real = static_cast<std::int64_t>(windows[static_cast<std::size_t>(w)].size());
        batch.isReal[w].narrow(0, 0, std::min(real, time)).fill_(true);
    }
    return batch;
}

at::Tensor batchLogits(const Transformer& net, const Batch& batch, const Dropouts& dropouts, const LossRules& rules) {
    const auto hidden = net.hidden(batch.inputs, dropouts, batch.isReal, rules.paddedRows).flatten(0, 1);
    const bool isFull = batch.positions.size(0) == hidden.size(0);
    return net.logits(isFull ? hidden : hidden.index_select(0, batch.positions));
}

at::Tensor batchIllegalSums(const at::Tensor& logits, const Batch& batch, const LossRules& rules) {
    const auto previous = batch.inputs.flatten(0, 1).select(1, 0).index_select(0, batch.positions);
    return illegalSums(logits, batch.targets, previous,
                       rules.padding ? StructuredRules::MidiLm : StructuredRules::Corrected);
}

IllegalMass batchIllegalMass(const at::Tensor& logits, const Batch& batch, const LossRules& rules) {
    return illegalMassOf(batchIllegalSums(logits, batch, rules));
}

FieldLosses batchLosses(const Transformer& net, const Batch& batch, const Dropouts& dropouts, const LossRules& rules) {
    return fieldCrossEntropy(batchLogits(net, batch, dropouts, rules), batch.targets, net.vocabularies());
}

} // namespace continuo::learning
