#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

namespace continuo::score {

/// That the tempo events from `at` on stand for one straight change of the beats a minute. What is heard are the
/// events; a ramp whose events were changed elsewhere is no longer one (tempo_curve.h).
struct TempoRamp {
    EventId id{};
    int chunk = 0;
    Tick at;
    Ticks length; // > 0
    double from = 120;
    double to = 120; // beats a minute

    friend bool operator==(const TempoRamp&, const TempoRamp&) = default;
};

} // namespace continuo::score
