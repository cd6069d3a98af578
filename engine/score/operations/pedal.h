#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

struct PedalSettings {
    Grid harmony = Grid::of(4); // how often the chord may change
    Ticks late{0};              // from the change to the pedal going down again; 0: a thirty-second note
};

/// Writes the sustain pedal of a track anew in a range: up where the harmony of the piece changes and down just after
/// it, as pianists do (syncopated pedalling); up in silence and at the end. What controller 64 did there before is
/// replaced.
OperationResult pedalByHarmony(const Score& score, TrackId track, TickRange range, const PedalSettings& settings,
                               IdMint& mint);

} // namespace continuo::score
