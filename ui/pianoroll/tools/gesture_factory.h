#pragma once

#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/tools/gesture.h"

#include <memory>

namespace continuo::ui {

/// The gesture that does `action`, begun at `pointer`; null for actions without a drag. `hit`: what is under the
/// pointer; moving, resizing and velocity need its note, stretching its side.
std::unique_ptr<Gesture> makeGesture(Action action, RollState& state, const NoteHit& hit, const Pointer& pointer);

} // namespace continuo::ui
