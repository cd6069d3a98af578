#pragma once

#include "engine/base/random.h"
#include "engine/corpus/window_source.h"

#include <optional>
#include <vector>

namespace continuo::learning {

/// The windows of each step, as a function of seed and step alone: a resumed run goes on with the same data without any
/// saved position. Windows are drawn for eight steps at a time, sorted by length and dealt, so that those of one step
/// are about equally long and little is padded.
class BatchSource {
public:
    BatchSource(corpus::WindowSource windows, std::size_t batchSize, std::uint64_t seed);

    std::vector<tokens::Rows> at(std::int64_t step);

private:
    static constexpr std::int64_t kStepsAtATime = 8;

    corpus::WindowSource windows_;
    std::size_t batchSize_;
    base::Random random_;
    std::optional<std::int64_t> group_;
    std::vector<std::vector<tokens::Rows>> dealt_;
};

} // namespace continuo::learning
