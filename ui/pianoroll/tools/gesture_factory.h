#pragma once

#include "ui/pianoroll/gesture_table.h"
#include "ui/pianoroll/tools/gesture.h"

#include <memory>
#include <optional>

namespace continuo::ui {

/// The gesture that does `action`, begun at `pointer`; null for actions without a drag. `held`: the note under the
/// pointer, which moving, resizing and velocity need.
std::unique_ptr<Gesture> makeGesture(Action action, RollState& state, const std::optional<score::Note>& held,
                                     const Pointer& pointer);

} // namespace continuo::ui
