#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <optional>

namespace continuo::score {

/// Upside down. Twice is the identity, unless a key at the edge of the keyboard had to change its octave.
struct InvertSettings {
    /// The key that stays; the middle between the lowest and the highest if not given.
    std::optional<int> axis;
    /// In steps of this scale instead of semitones.
    std::optional<Scale> scale;
};
OperationResult invert(const Score& score, NoteIds ids, const InvertSettings& settings = {});

enum class ReverseWhat {
    Time,    // the last note first, in the same span of time
    Pitches, // the rhythm stays, the keys come in the opposite order
};
OperationResult reverse(const Score& score, NoteIds ids, ReverseWhat what = ReverseWhat::Time);

} // namespace continuo::score
