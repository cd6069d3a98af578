#pragma once

#include "engine/score/meter_map.h"
#include "engine/score/track.h"

#include <array>

namespace continuo::inference {

/// How loud a track has been lately at the start of a bar, on other beats and between beats: new notes go on like that.
class VelocityHabit {
public:
    /// From the last 64 notes of the track that start before `until`. A track without any plays at 80.
    VelocityHabit(const score::Track& track, score::Tick until, const score::MeterMap& meter);
    VelocityHabit() { velocities_.fill(80); }

    std::uint8_t at(score::Tick onset, const score::MeterMap& meter) const;

private:
    std::array<std::uint8_t, 3> velocities_{};
};

} // namespace continuo::inference
