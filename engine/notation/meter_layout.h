#pragma once

#include "engine/notation/left_out.h"
#include "engine/notation/notated_piece.h"
#include "engine/score/meter_map.h"

#include <vector>

namespace continuo::notation {

/// A measure where it is played.
struct PlayedMeasure {
    std::int64_t start = 0; // ticks
    const Measure* measure = nullptr;
};

/// Meter events (ids unset) that put a bar line where the piece has one: a pickup or another measure that its meter
/// does not fill gets a meter of its own length, unless it and the next make up a whole bar. Lengths that no meter can
/// say are counted in `left`.
std::vector<score::MeterEvent> layMeters(const std::vector<PlayedMeasure>& measures, LeftOut& left);

} // namespace continuo::notation
