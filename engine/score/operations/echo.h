#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

struct EchoSettings {
    Grid delay = Grid::of(8);
    int repeats = 3;     // 1..64
    double decay = 0.65; // velocity of each repeat as a part of the one before; it ends where less than 1 would be left
    int semitones = 0;   // each repeat so much higher than the one before; off the keyboard it ends
};

/// Adds softer repeats behind each note. On one key a note gives way to its repeat: it is cut where that begins.
OperationResult echo(const Score& score, NoteIds ids, const EchoSettings& settings, IdMint& mint);

} // namespace continuo::score
