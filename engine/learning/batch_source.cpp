#include "engine/learning/batch_source.h"

#include "engine/base/permutation.h"

#include <algorithm>

namespace continuo::learning {
namespace {

constexpr std::uint64_t kOrderPurpose = 0, kShufflePurpose = 1, kSamplePurpose = 2;

std::int64_t quotientUp(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

/// A length by which to sort: windows of nearly one length meet others in each epoch.
double blurred(double rows, base::Random& random) { return rows * (1 + 0.02 * random.uniform()); }

} // namespace

BatchSource::BatchSource(corpus::WindowSource windows, const BatchPlan& plan)
    : windows_(std::move(windows)), plan_(plan), random_(plan.seed), samples_(windows_.sampleCount()) {
    const auto aStep = static_cast<std::int64_t>(plan_.windowsAStep);
    stepsPerEpoch_ = std::max<std::int64_t>(1, quotientUp(static_cast<std::int64_t>(samples_), aStep));
    if (plan_.onlyBatches > 0 && plan_.onlyBatches < stepsPerEpoch_) {
        stepsPerEpoch_ = plan_.onlyBatches;
        samples_ = static_cast<std::size_t>(stepsPerEpoch_ * aStep);
    }
    groupsPerEpoch_ = quotientUp(stepsPerEpoch_, kStepsAtATime);
}

std::int64_t BatchSource::groupOf(std::int64_t step) const {
    return step / stepsPerEpoch_ * groupsPerEpoch_ + step % stepsPerEpoch_ / kStepsAtATime;
}

BatchSource::Group BatchSource::prepare(std::int64_t index) const {
    const auto epoch = index / groupsPerEpoch_;
    const auto firstInEpoch = index % groupsPerEpoch_ * kStepsAtATime;
    const auto steps = std::min(kStepsAtATime, stepsPerEpoch_ - firstInEpoch);
    const auto random = random_.fork(plan_.onlyBatches > 0 ? 0 : static_cast<std::uint64_t>(epoch));
    struct Drawn {
        std::size_t sample;
        tokens::Rows rows;
        double length = 0;
    };
    std::vector<Drawn> drawn;
    const base::Permutation order(windows_.sampleCount(), random.fork(kOrderPurpose));
    const auto first = static_cast<std::size_t>(firstInEpoch) * plan_.windowsAStep;
    const auto last = std::min(samples_, first + static_cast<std::size_t>(steps) * plan_.windowsAStep);
    for (auto place = first; place < last; ++place) {
        const auto sample = static_cast<std::size_t>(order(place));
        auto own = random.fork(kSamplePurpose).fork(sample);
        drawn.push_back({sample, windows_.sample(sample, own)});
        drawn.back().length = blurred(static_cast<double>(drawn.back().rows.size()), own);
    }
    std::ranges::stable_sort(drawn, {}, &Drawn::length);
    Group group{index, epoch * stepsPerEpoch_ + firstInEpoch, {}};
    group.batches.resize(static_cast<std::size_t>(steps));
    for (std::size_t i = 0; i < drawn.size(); ++i) {
        auto& batch = group.batches[i / plan_.windowsAStep];
        batch.samples.push_back(drawn[i].sample);
        batch.windows.push_back(std::move(drawn[i].rows));
    }
    random.fork(kShufflePurpose).fork(static_cast<std::uint64_t>(firstInEpoch)).shuffle(std::span(group.batches));
    return group;
}

} // namespace continuo::learning
