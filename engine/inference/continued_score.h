#pragma once

#include "engine/inference/continuation.h"

#include <optional>

/// Putting a prompt and its continuation together.
namespace continuo::inference {

/// Where a prompt of the first `bars` bars ends; without a number, or where the piece is shorter, the first bar line
/// after its last note (a note that hangs over it by less than a twelfth of a quarter does not count as another bar).
score::Tick promptEnd(const score::Score& score, std::optional<int> bars);

/// What the piece was before `from`: notes and events that start there or later are gone, notes that ring over it stay,
/// and so does everything the file holds before it, byte for byte.
score::Score promptOf(score::Score score, score::Tick from);

/// The prompt followed by the new bars; ends where they end.
score::Score withNewBars(score::Score prompt, const Continuation& continuation);

/// The new bars alone, from tick 0, with the tempo, metre, key, programs and controllers that hold at their start.
score::Score newBarsOnly(const score::Score& prompt, const Continuation& continuation);

} // namespace continuo::inference
