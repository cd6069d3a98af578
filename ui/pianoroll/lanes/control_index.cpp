#include "ui/pianoroll/lanes/control_index.h"

#include <algorithm>

namespace continuo::ui {
namespace {

void widen(ControlIndex::Extent& extent, ControlIndex::Extent by) {
    extent.low = std::min(extent.low, by.low);
    extent.high = std::max(extent.high, by.high);
}

} // namespace

void ControlIndex::rebuild(std::vector<score::ChannelEvent> events, int initialValue) {
    events_ = std::move(events);
    initial_ = initialValue;
    values_.clear();
    for (auto& level : levels_) level.clear();
    values_.reserve(events_.size());
    for (std::size_t i = 0; i < events_.size(); ++i) {
        const int value = score::valueOf(events_[i]);
        values_.push_back(static_cast<std::int16_t>(value));
        std::size_t size = 1;
        for (auto& level : levels_) {
            size *= kBlock;
            if (i % size == 0) level.push_back({value, value});
            widen(level.back(), {value, value});
        }
    }
}

std::size_t ControlIndex::firstFrom(score::Tick at) const {
    const auto found =
        std::lower_bound(events_.begin(), events_.end(), at,
                         [](const score::ChannelEvent& event, score::Tick tick) { return event.at < tick; });
    return static_cast<std::size_t>(found - events_.begin());
}

ControlIndex::Extent ControlIndex::extent(std::size_t first, std::size_t last) const {
    Extent extent{values_[first], values_[first]};
    while (first < last) {
        constexpr std::size_t kLarge = kBlock * kBlock;
        if (first % kLarge == 0 && first + kLarge <= last) {
            widen(extent, levels_[1][first / kLarge]);
            first += kLarge;
        } else if (first % kBlock == 0 && first + kBlock <= last) {
            widen(extent, levels_[0][first / kBlock]);
            first += kBlock;
        } else {
            widen(extent, {values_[first], values_[first]});
            ++first;
        }
    }
    return extent;
}

} // namespace continuo::ui
