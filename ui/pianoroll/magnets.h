#pragma once

#include "ui/pianoroll/roll_state.h"

namespace continuo::ui {

/// The nearest time within a few pixels of `at` that catches what is dragged there: starts and ends of notes of the
/// editable tracks that are not `dragged` (with the option, of ghosts too), the playhead, the insert cursor, the ends
/// of the loop, sections and cues.
std::optional<score::Tick> magnetNear(RollState& state, score::Tick at, const std::vector<score::NoteId>& dragged);

} // namespace continuo::ui
