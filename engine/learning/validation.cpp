#include "engine/learning/validation.h"

#include "engine/learning/batch_tensors.h"

#include <algorithm>

namespace continuo::learning {

ValidationLosses validationLosses(const Transformer& net, std::span<const tokens::Rows> windows,
                                  const std::function<bool()>& isStopped) {
    constexpr std::size_t kRowsAtATime = 4096;
    const at::NoGradGuard noGradient;
    ValidationLosses losses;
    for (std::size_t first = 0; first < windows.size() && !(isStopped && isStopped());) {
        auto last = first;
        std::size_t longest = 0;
        while (last < windows.size()) {
            const auto length = std::max(longest, windows[last].size());
            if (last > first && length * (last - first + 1) > kRowsAtATime) break;
            longest = length;
            ++last;
        }
        const auto batch = makeBatch(windows.subspan(first, last - first));
        const auto fields = batchLosses(net, batch).fields.contiguous();
        for (std::size_t f = 0; f < tokens::kFieldCount; ++f)
            losses.fields[f] += static_cast<double>(fields.data_ptr<float>()[f]) * static_cast<double>(batch.rows);
        losses.rows += batch.rows;
        first = last;
    }
    for (auto& field : losses.fields) {
        field /= static_cast<double>(std::max<std::int64_t>(1, losses.rows));
        losses.total += field;
    }
    return losses;
}

} // namespace continuo::learning
