#pragma once

#include "ui/pianoroll/roll_state.h"

namespace continuo::ui {

/// "quarter", "dotted eighth", "eighth triplet", else "700 ticks".
QString lengthWords(score::Ticks length, score::Division division);
/// "bar 3 beat 2", and the ticks after it where there are some.
QString placeWords(const score::MeterMap& meters, score::Tick at);
/// "E4, bar 3 beat 2, quarter, velocity 80, selected, locked"
QString noteWords(const RollState& state, const score::Note& note);
/// "C4, bar 1 beat 1, empty"
QString cellWords(const RollState& state, int pitch, score::Tick at);
/// "Grid 1/16, snap on", and how much is seen.
QString viewWords(const RollState& state);

/// The note of this id in the tracks that can be edited, or null.
const score::Note* findEditable(const RollState& state, score::NoteId id);
/// The note of the current track that lies in a cell, or null.
const score::Note* noteInCell(const RollState& state, int pitch, score::Tick at);

} // namespace continuo::ui
