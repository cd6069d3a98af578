#pragma once

#include "engine/base/random.h"
#include "engine/corpus/window_source.h"

#include <vector>

namespace continuo::learning {

/// Which windows make which step.
struct BatchPlan {
    std::size_t windowsAStep = 4;
    std::uint64_t seed = 1;
    std::int64_t onlyBatches = 0; // above 0: an epoch is the first so many steps, with the same windows each time
};

/// The windows of each step as a function of seed and step alone, so that a resumed run goes on with the same data
/// without any saved position, and any number of threads may prepare them.
///
/// An epoch visits every sample of the source once, `windowsAStep` a step; its last step may have fewer. So that little
/// is padded, samples of one step are about equally long: the epoch is shuffled, the windows of each eight steps are
/// sorted by length and dealt to them, and those steps are shuffled. Sorting more of it at once pads less and learns
/// worse: the net then meets pieces of one length, and so of one kind, for many steps on end.
class BatchSource {
public:
    BatchSource(corpus::WindowSource windows, const BatchPlan& plan);

    std::int64_t stepsPerEpoch() const { return stepsPerEpoch_; }
    std::size_t samplesPerEpoch() const { return samples_; }

    struct Batch {
        std::vector<std::size_t> samples; // of the source
        std::vector<tokens::Rows> windows;
    };
    /// Steps are prepared in groups of up to eight that belong to one epoch.
    struct Group {
        std::int64_t index = 0, firstStep = 0;
        std::vector<Batch> batches; // one a step
    };
    std::int64_t groupOf(std::int64_t step) const;
    /// Thread-safe.
    Group prepare(std::int64_t group) const;

private:
    static constexpr std::int64_t kStepsAtATime = 8;

    corpus::WindowSource windows_;
    BatchPlan plan_;
    base::Random random_;
    std::size_t samples_;
    std::int64_t stepsPerEpoch_, groupsPerEpoch_;
};

} // namespace continuo::learning
