#pragma once

#include "engine/score/operations/groove.h"

namespace continuo::score {

struct QuantizeSettings {
    Grid grid;
    double strength = 1;  // 0..1 of the way to the line
    bool starts = true;   // note starts to the lines; lengths go along
    bool ends = false;    // note ends to the lines
    bool lengths = false; // lengths to whole steps, at least one
    /// Notes farther than this part of a step from their line stay. 1/2 and more catches all.
    double catchRange = 0.5;
    /// Where the lines are instead: the groove's own grid, moved by its offsets.
    std::optional<GrooveTemplate> groove;
    double grooveVelocity = 0; // 0..1 of the way to the groove's velocities

    /// Notes played one after another, all upward or all downward, at least three and at least so far apart: a rolled
    /// chord. It moves as one with its first note, so that its order is never collapsed. 0: every chord whose notes do
    /// not begin together keeps the distances between them.
    double rollGapMs = 12;

    /// Keeps what was played in Note::playedOffset and playedLength, for `unquantize`.
    bool reversible = false;
    /// On: goes on from where the notes are now, each time a part of the way. Off: starts again from what was played,
    /// where that is kept, so that other settings replace the last ones.
    bool iterative = false;
};

OperationResult quantize(const Score& score, NoteIds ids, const QuantizeSettings& settings);

/// Gives back what was played, exactly, to notes that were quantized in the reversible mode.
OperationResult unquantize(const Score& score, NoteIds ids);

} // namespace continuo::score
