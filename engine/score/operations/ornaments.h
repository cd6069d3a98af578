#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <optional>

namespace continuo::score {

enum class Ornament {
    Trill,        // the note and its upper neighbour, ending on the note
    UpperMordent, // note, upper neighbour, note
    LowerMordent, // note, lower neighbour, note
    Turn,         // upper neighbour, note, lower neighbour, note
    GraceBelow,   // a short lower neighbour before the note, in the time before it where there is some
    GraceAbove,
    Flam, // a softer hit of the same key before the note
    Roll, // the same key again and again in the time of the note
};

struct OrnamentSettings {
    Ornament kind = Ornament::Trill;
    /// Length of one short note.
    Grid rate = Grid::of(32);
    /// Neighbours are steps of this scale; without it `semitones` away.
    std::optional<Scale> scale;
    int semitones = 2;
    bool startAbove = false; // trills only: begin with the neighbour
    double accessory = 0.85; // velocity of the notes that are added, as a part of the note's
};

/// Each note is played with the ornament in its own time and keeps its id where it sounds itself (the longest time,
/// where it does so more than once). Too short a note stays as it is.
OperationResult ornament(const Score& score, NoteIds ids, const OrnamentSettings& settings, IdMint& mint);

} // namespace continuo::score
