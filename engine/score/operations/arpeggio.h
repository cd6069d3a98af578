#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

enum class ArpeggioOrder { Up, Down, UpDown, DownUp, AsPlayed, Random };

struct ArpeggioSettings {
    ArpeggioOrder order = ArpeggioOrder::Up;
    Grid rate;         // step from note to note; a chord too short for all its notes is played faster
    double gate = 0.9; // 0.01..2, length as a part of the step
    int octaves = 1;   // 1..4, how many octaves upward the pattern climbs
    /// Velocities times this, moving in a straight line from the first to the last step of the chord.
    double velocityFrom = 1, velocityTo = 1;
    std::uint64_t seed = 1; // for Random: each round is another order of all notes
};

/// Chords (notes of a track that begin together) become patterns in the time they lasted. Every note keeps its id in
/// the first step it sounds at. Single notes stay, unless there are octaves to climb.
OperationResult arpeggiate(const Score& score, NoteIds ids, const ArpeggioSettings& settings, IdMint& mint);

struct StrumSettings {
    enum class Direction { Up, Down, Alternate }; // Up: the low string first
    Direction direction = Direction::Up;
    double spreadMs = 40;    // from first to last string
    double curve = 1;        // 1 even; above it gets faster, below slower
    double lastVelocity = 1; // velocity of the last string as a part of its own, the rest in between
    bool keepEnds = true;    // off: each note keeps its length
};

/// Spreads chords over time, from the onset of their first note.
OperationResult strum(const Score& score, NoteIds ids, const StrumSettings& settings);

} // namespace continuo::score
