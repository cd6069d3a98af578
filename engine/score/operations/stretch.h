#pragma once

#include "engine/score/operations/operation.h"

#include <optional>

namespace continuo::score {

struct StretchSettings {
    double percent = 100;      // > 0; 50 is double time, 200 half time
    std::optional<Tick> pivot; // what stays where it is; the first onset if not given
    bool lengths = true;       // off: only the onsets move apart
};

/// Notes that touched still touch. A pivot after the first note limits how far the group may stretch: not before tick
/// 0.
OperationResult stretch(const Score& score, NoteIds ids, const StretchSettings& settings);

/// From the bar line before the first note, so that what filled its bars fills `bars` of them.
OperationResult stretchToBars(const Score& score, NoteIds ids, int bars);

} // namespace continuo::score
