#pragma once

#include "engine/score/note_id_set.h"
#include "engine/score/score_edit.h"

#include <cstdint>
#include <vector>

namespace continuo::ui {

/// What an event list can show, and leave out.
enum class EventKind : std::uint8_t {
    Note,
    Controller,
    Program,
    PitchBend,
    ChannelPressure,
    KeyPressure,
    Tempo,
    Meter,
    Key,
    Chord,
    Section,
    Cue,
};
inline constexpr int kEventKinds = 12;

using EventKinds = std::uint16_t; // a set, one bit a kind
constexpr EventKinds setOf(EventKind kind) { return static_cast<EventKinds>(1u << static_cast<unsigned>(kind)); }
inline constexpr EventKinds kAllEvents = (1u << kEventKinds) - 1;

/// One row: where in the score its event stands. Eight bytes, so that a million rows are eight megabytes; nothing of
/// the event is copied.
struct EventRow {
    EventKind kind = EventKind::Note;
    std::uint16_t track = 0; // index into the score's tracks; 0 of what belongs to none
    std::uint32_t index = 0; // into the notes or events of the track, or into the list of the score
    friend bool operator==(const EventRow&, const EventRow&) = default;
};

EventKind kindOf(score::ChannelEventKind kind);

/// What belongs to no track: tempo, meter, key, chords, sections and cues.
constexpr bool isOfThePiece(EventKind kind) { return kind >= EventKind::Tempo; }
/// Calls `visit(list, member)` with the list of the score that holds such events, and where an edit has its changes.
template <typename Visit>
auto inList(const score::Score& score, EventKind kind, Visit visit) {
    if (kind == EventKind::Tempo) return visit(score.tempos, &score::ScoreEdit::tempos);
    if (kind == EventKind::Meter) return visit(score.meters, &score::ScoreEdit::meters);
    if (kind == EventKind::Key) return visit(score.keys, &score::ScoreEdit::keys);
    if (kind == EventKind::Chord) return visit(score.chords, &score::ScoreEdit::chords);
    return visit(score.markers, &score::ScoreEdit::markers);
}

score::Tick timeOf(const score::Score& score, const EventRow& row);
/// Of the note or event.
std::uint64_t idOf(const score::Score& score, const EventRow& row);
const score::Note& noteOf(const score::Score& score, const EventRow& row);
const score::ChannelEvent& channelEventOf(const score::Score& score, const EventRow& row);

/// Everything of one track and what belongs to none, in order of time; at one time what sets the stage comes before
/// notes.
std::vector<EventRow> rowsOfTrack(const score::Score& score, score::TrackId track, EventKinds kinds);
/// The named notes of all tracks, and what else lies in their tracks and in the maps from the first of them to the end
/// of the last.
std::vector<EventRow> rowsOfNotes(const score::Score& score, score::NoteIds ids, EventKinds kinds);

} // namespace continuo::ui
