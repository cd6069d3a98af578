#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QPointF>
#include <QRectF>

namespace continuo::ui {

struct NoteHit {
    Spot spot = Spot::Empty;
    std::optional<score::Note> note;
};

/// What is under `at`: selected notes before others, later ones before earlier ones. Small notes can be hit 8 px wide.
NoteHit hitAt(RollState& state, QPointF at);

/// The body of a note on screen.
QRectF bodyOf(const RollGeometry& geometry, const score::Note& note);

/// The notes of the current track that `area` touches, of the visible time.
std::vector<score::Note> notesTouching(RollState& state, const QRectF& area);

} // namespace continuo::ui
