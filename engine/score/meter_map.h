#pragma once

#include "engine/score/division.h"
#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>
#include <vector>

namespace continuo::score {

struct MeterEvent {
    EventId id{};
    int chunk = 0;
    Tick at;
    std::uint8_t numerator = 4;        // > 0
    std::uint8_t denominatorPower = 2; // the denominator is 2 to this power, 0..7
    std::uint8_t clocksPerClick = 24;
    std::uint8_t thirtySecondsPerQuarter = 8;

    int denominator() const { return 1 << denominatorPower; }
    friend auto operator<=>(const MeterEvent&, const MeterEvent&) = default;
};

/// A position as musicians say it; all counted from 0.
struct BarPosition {
    std::int64_t bar = 0;
    std::int64_t beat = 0;
    Ticks tick;
    friend bool operator==(const BarPosition&, const BarPosition&) = default;
};

/// Bars and beats. 4/4 before the first event; a change inside a bar starts a new bar there.
class MeterMap {
public:
    MeterMap() = default;
    MeterMap(std::vector<MeterEvent> events, Division division);

    BarPosition positionAt(Tick at) const;
    /// Where bar `bar` (from 0) starts; bars go on for ever after the last change.
    Tick barStart(std::int64_t bar) const;
    /// The start of the bar that holds `at`, and of the first bar that starts at or after it.
    Tick barAt(Tick at) const { return barStart(positionAt(at).bar); }
    Tick barAtOrAfter(Tick at) const;
    Ticks beatLengthAt(Tick at) const { return segmentAt(at).beat; }
    Ticks barLengthAt(Tick at) const { return segmentAt(at).beat * segmentAt(at).numerator; }
    int numeratorAt(Tick at) const { return segmentAt(at).numerator; }
    int denominatorAt(Tick at) const { return segmentAt(at).denominator; }

private:
    struct Segment {
        Tick start;
        std::int64_t firstBar = 0;
        Ticks beat{960};
        int numerator = 4;
        int denominator = 4;
    };
    const Segment& segmentAt(Tick at) const;

    std::vector<Segment> segments_{Segment{}};
};

} // namespace continuo::score
