#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QPointF>
#include <QRectF>
#include <functional>

namespace continuo::ui {

struct NoteHit {
    Spot spot = Spot::Empty;
    std::optional<score::Note> note;
    score::TrackId track{}; // of the note
};

/// What is under `at`: notes of the current track before those of others that can be edited, selected notes before
/// others, later ones before earlier ones. Small notes can be hit 8 px wide.
NoteHit hitAt(RollState& state, QPointF at);
/// The foremost note under `at` of a track that is only drawn.
NoteHit ghostAt(RollState& state, QPointF at);

/// The body of a note on screen; of a hit of a drum kit, a square from its onset on.
QRectF bodyOf(const RollGeometry& geometry, const score::Note& note);

/// Visits the notes that can be edited, on rows that are shown, and that `area` touches.
using NoteVisit = std::function<void(const score::Track& track, const score::Note& note)>;
void forEachTouching(RollState& state, const QRectF& area, const NoteVisit& visit);

} // namespace continuo::ui
