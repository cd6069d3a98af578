#pragma once

#include "engine/score/score.h"

#include <vector>

namespace continuo::score {

/// How far a full bend goes from `at` on, in cents.
struct BendRange {
    Tick at;
    int cents = 200;
    friend bool operator==(const BendRange&, const BendRange&) = default;
};

/// What registered parameter 0 of a track says over time (MIDI 1.0, "pitch bend sensitivity": controllers 101 and 100
/// choose it, 6 gives semitones, 38 cents); two semitones from the start where nothing is said.
std::vector<BendRange> bendRanges(const Track& track);
int bendRangeAt(const std::vector<BendRange>& ranges, Tick at);

/// -8192..8191 and cents.
double centsOf(int bend, int rangeCents);
int bendOf(double cents, int rangeCents);

} // namespace continuo::score
