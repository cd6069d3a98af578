#pragma once

#include "engine/score/operations/control_line.h"

#include <array>

namespace continuo::ui {

/// The events of one line with the least and greatest value of every 64 and every 4096 of them, so that what lies
/// under a pixel is known without looking at each.
class ControlIndex {
public:
    struct Extent {
        int low = 0;
        int high = 0;
    };

    void rebuild(std::vector<score::ChannelEvent> events, int initialValue);
    const std::vector<score::ChannelEvent>& events() const { return events_; }
    std::size_t size() const { return events_.size(); }
    int value(std::size_t index) const { return values_[index]; }
    /// The first event at or after `at`.
    std::size_t firstFrom(score::Tick at) const;
    /// Before the event of this index.
    int valueBefore(std::size_t index) const { return index == 0 ? initial_ : values_[index - 1]; }
    /// Of [first, last), which is not empty.
    Extent extent(std::size_t first, std::size_t last) const;

private:
    static constexpr std::size_t kBlock = 64;

    int initial_ = 0;
    std::vector<score::ChannelEvent> events_;
    std::vector<std::int16_t> values_;
    std::array<std::vector<Extent>, 2> levels_; // of 64 and of 64 * 64
};

} // namespace continuo::ui
