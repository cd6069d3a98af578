#pragma once

#include "engine/base/result.h"
#include "ui/document/score_document.h"
#include "ui/events/event_rows.h"

namespace continuo::ui {

enum class EventColumn { Position, Kind, Number, Value, Length, Release };
inline constexpr int kEventColumns = 6;

/// "Note", "Controller", …
QString kindName(EventKind kind);
/// "Sustain pedal"; empty for numbers that the MIDI 1.0 specification gives no name.
QString controllerName(int number);

/// What stands in a cell; empty where the event has no such value.
QString cellText(const ScoreDocument& document, const EventRow& row, EventColumn column);
bool isEditable(const EventRow& row, EventColumn column);

/// The edit that what was typed into a cell means; an empty one where it says what is there.
base::Result<score::ScoreEdit> editedCell(ScoreDocument& document, const EventRow& row, EventColumn column,
                                          const QString& text);

/// A new event of a kind at a place of a track, with values that change nothing, or middle ones.
score::ScoreEdit insertedEvent(ScoreDocument& document, EventKind kind, score::TrackId track, score::Tick at);
/// Locked notes stay.
score::ScoreEdit removedEvents(const score::Score& score, const std::vector<EventRow>& rows);
/// Once more, `by` later.
score::ScoreEdit duplicatedEvents(const score::Score& score, const std::vector<EventRow>& rows, score::Ticks by,
                                  score::IdMint& mint);

/// One line an event, cells separated by tabs, under a line of headings.
QString textOf(const ScoreDocument& document, const std::vector<EventRow>& rows);

} // namespace continuo::ui
