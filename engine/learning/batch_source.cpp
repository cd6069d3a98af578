#include "engine/learning/batch_source.h"

#include <algorithm>

namespace continuo::learning {

BatchSource::BatchSource(corpus::WindowSource windows, std::size_t batchSize, std::uint64_t seed)
    : windows_(std::move(windows)), batchSize_(batchSize), random_(seed) {}

std::vector<tokens::Rows> BatchSource::at(std::int64_t step) {
    const auto group = step / kStepsAtATime;
    if (group_ != group) {
        auto random = random_.fork(static_cast<std::uint64_t>(group));
        std::vector<tokens::Rows> drawn;
        for (std::size_t i = 0; i < batchSize_ * kStepsAtATime; ++i) drawn.push_back(windows_.draw(random));
        std::ranges::stable_sort(drawn, {}, &tokens::Rows::size);
        dealt_.assign(kStepsAtATime, {});
        for (std::size_t i = 0; i < drawn.size(); ++i) dealt_[i / batchSize_].push_back(std::move(drawn[i]));
        random.shuffle(std::span(dealt_));
        group_ = group;
    }
    return dealt_[static_cast<std::size_t>(step % kStepsAtATime)];
}

} // namespace continuo::learning
