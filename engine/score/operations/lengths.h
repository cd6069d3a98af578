#pragma once

#include "engine/score/operations/grid.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

/// Whose onset a note is led to.
enum class NextNote { Selected, InTrack };

struct LegatoSettings {
    double percent = 100; // 0..200 of the way to the next onset; below 100 is staccato
    Ticks overlap{0};     // past it; negative leaves a gap
    NextNote next = NextNote::Selected;
    /// Onsets no farther apart are one chord and led to the same note; 0: a hundred-and-twenty-eighth note.
    Ticks together{0};
};

/// Lengths by the distance to the next onset. The last notes keep theirs, and no note runs into the next one of its own
/// key, which would cut it off.
OperationResult legato(const Score& score, NoteIds ids, const LegatoSettings& settings = {});

struct LengthSettings {
    enum class Rule {
        Fixed,   // all get `fixed`
        Scaled,  // times `factor`
        Limited, // between `shortest` and `longest`
        ToNext,  // ends at the next onset, as legato at 100 %
        ToGrid,  // ends at the line of `grid` nearest to where they end now, at least the first after the onset
    };
    Rule rule = Rule::Fixed;
    Ticks fixed{480};
    double factor = 1;
    Ticks shortest{1};
    Ticks longest{INT64_MAX};
    NextNote next = NextNote::Selected;
    Grid grid;
};

OperationResult setLengths(const Score& score, NoteIds ids, const LengthSettings& settings);

} // namespace continuo::score
