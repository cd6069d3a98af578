#pragma once

#include "engine/score/division.h"
#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>
#include <vector>

namespace continuo::score {

struct TempoEvent {
    EventId id{};
    int chunk = 0; // index of the file chunk it lives in
    Tick at;
    std::uint32_t microsecondsPerQuarter = 500'000; // > 0

    double bpm() const { return 60e6 / microsecondsPerQuarter; }
    friend auto operator<=>(const TempoEvent&, const TempoEvent&) = default;
};

/// Ticks to seconds and back. 120 bpm before the first event; of several at one tick the last holds.
class TempoMap {
public:
    TempoMap() = default;
    TempoMap(std::vector<TempoEvent> events, Division division);

    double secondsAt(Tick at) const;
    /// The last tick not after `seconds`.
    Tick tickAt(double seconds) const;
    double bpmAt(Tick at) const;

private:
    struct Segment {
        Tick start;
        double seconds = 0;
        double secondsPerTick = 0;
        double bpm = 120;
    };
    const Segment& segmentAt(Tick at) const;

    std::vector<Segment> segments_{{Tick{0}, 0.0, 0.5 / 960, 120.0}};
};

} // namespace continuo::score
