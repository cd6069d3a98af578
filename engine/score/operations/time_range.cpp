#include "engine/score/operations/time_range.h"

#include "engine/score/operations/edit_builder.h"

#include <algorithm>
#include <map>
#include <utility>

namespace continuo::score {
namespace {

bool isLocked(const Note& note) { return has(note.marks, NoteMarks::Locked); }

/// What an event replaces when it comes: the one before it of the same slot.
int slotOf(const ChannelEvent& event) {
    const bool ofKey = event.kind == ChannelEventKind::Controller || event.kind == ChannelEventKind::KeyPressure;
    return static_cast<int>(event.kind) * 256 + (ofKey ? event.first : 0);
}
int slotOf(const MarkerEvent& event) { return static_cast<int>(event.kind); }
template <typename MapEvent>
int slotOf(const MapEvent&) {
    return 0;
}

/// Whether an event goes on to hold until the next of its slot; the others are points.
template <typename Event>
bool holds(const Event&) {
    return true;
}
bool holds(const MarkerEvent& event) { return event.kind == MarkerEvent::Kind::Section; }
bool holds(const TempoRamp&) { return false; }

/// Whether an event at tick 0 is how the piece begins, or a part of its music.
template <typename Event>
bool opensPiece(const Event&) {
    return true;
}
bool opensPiece(const MarkerEvent&) { return false; }
bool opensPiece(const ChordEvent&) { return false; }

template <typename Event>
void sortEvents(std::vector<Event>& events) {
    std::ranges::sort(events, EventOrder{});
}

/// Calls `change(events)` for the events of every track and for all that stands in time.
template <typename Change>
void forEachList(Score& score, Change change) {
    for (auto& track : score.tracks) change(track.events);
    change(score.tempos);
    change(score.meters);
    change(score.keys);
    change(score.scales);
    change(score.chords);
    change(score.markers);
    change(score.ramps);
}

template <typename Event>
void shift(std::vector<Event>& events, Tick from, Ticks by) {
    for (auto& event : events)
        if (from <= event.at && (Tick{0} < event.at || !opensPiece(event))) event.at = event.at + by;
    sortEvents(events);
}

void insertAmongNotes(Track& track, Tick at, Ticks length, Crossing crossing, std::size_t& locked, IdMint& mint) {
    std::vector<Note> added;
    for (auto& note : track.notes) {
        if (note.onset < at && note.end() <= at) continue;
        if (isLocked(note)) {
            locked += at <= note.onset || crossing != Crossing::Keep;
        } else if (at <= note.onset) {
            note.onset = note.onset + length;
        } else if (crossing == Crossing::Extend) {
            note.length = note.length + length;
        } else if (crossing == Crossing::Split) {
            auto rest = note;
            rest.id = mint.note();
            rest.onset = at + length;
            rest.length = note.end() - at;
            note.length = at - note.onset;
            added.push_back(rest);
        }
    }
    track.notes.insert(track.notes.end(), added.begin(), added.end());
    std::ranges::sort(track.notes, NoteOrder{});
}

void deleteAmongNotes(Track& track, TickRange range, Crossing crossing, std::size_t& locked) {
    std::vector<Note> kept;
    for (auto note : track.notes) {
        const bool isTouched = range.start < note.end() && range.start <= note.onset;
        const bool isCrossed = note.onset < range.start && range.start < note.end();
        if (isLocked(note)) {
            locked += isTouched || isCrossed;
        } else if (range.contains(note.onset)) {
            continue;
        } else if (range.end <= note.onset) {
            note.onset = note.onset - range.length();
        } else if (isCrossed && note.end() <= range.end) {
            note.length = range.start - note.onset;
        } else if (isCrossed && crossing == Crossing::Extend) {
            note.length = note.length - range.length();
        } else if (isCrossed && crossing == Crossing::Split) {
            note.length = range.start - note.onset;
        }
        kept.push_back(note);
    }
    std::ranges::sort(kept, NoteOrder{});
    track.notes = std::move(kept);
}

/// The last event of each slot in the range goes to its start, unless one of its slot stands at the end; other events
/// of the range leave; later ones move up. Events at tick 0 are replaced by what comes to stand there.
template <typename Event>
void deleteAmongEvents(std::vector<Event>& events, TickRange range) {
    std::map<int, Event> holding;
    std::vector<Event> kept;
    for (const auto& event : events)
        if (range.contains(event.at) && holds(event)) holding.insert_or_assign(slotOf(event), event);
    for (const auto& event : events)
        if (event.at == range.end) holding.erase(slotOf(event));
    for (auto event : events) {
        if (range.contains(event.at)) continue;
        if (range.end <= event.at) event.at = event.at - range.length();
        kept.push_back(event);
    }
    for (auto& [slot, event] : holding) {
        event.at = range.start;
        kept.push_back(event);
    }
    sortEvents(kept);
    events = std::move(kept);
}

/// A section that begins with the range begins with its copy again.
template <typename Event>
bool beginsAnew(const Event&, Tick) {
    return false;
}
bool beginsAnew(const MarkerEvent& event, Tick start) { return event.at == start; }

/// Copies of the events in the range, behind it, after what held at its start.
template <typename Event>
void duplicateEvents(std::vector<Event>& events, const std::vector<Event>& before, TickRange range, IdMint& mint) {
    std::map<int, Event> atStart, atEnd;
    for (const auto& event : before) {
        if (event.at <= range.start) atStart.insert_or_assign(slotOf(event), event);
        if (event.at < range.end) atEnd.insert_or_assign(slotOf(event), event);
    }
    const auto copied = [&](Event event, Tick at) {
        event.id = mint.event();
        event.at = at;
        events.push_back(event);
    };
    for (const auto& [slot, event] : atStart)
        if (holds(event) && (atEnd.at(slot).id != event.id || beginsAnew(event, range.start))) copied(event, range.end);
    for (const auto& event : before)
        if ((range.start < event.at || (range.start == event.at && !holds(event))) && event.at < range.end)
            copied(event, event.at + range.length());
    sortEvents(events);
}

void duplicateNotes(Track& track, const Track& before, TickRange range, IdMint& mint) {
    for (auto note : before.notes) {
        if (!range.contains(note.onset)) continue;
        note.id = mint.note();
        note.length = std::min(note.length, range.end - note.onset);
        note.onset = note.onset + range.length();
        track.notes.push_back(note);
    }
    std::ranges::sort(track.notes, NoteOrder{});
}

Score withTime(const Score& score, Tick at, Ticks length, Crossing crossing, std::size_t& locked, IdMint& mint) {
    auto longer = score;
    for (auto& track : longer.tracks) insertAmongNotes(track, at, length, crossing, locked, mint);
    forEachList(longer, [&](auto& events) { shift(events, at, length); });
    if (at <= score.end) longer.end = score.end + length;
    return longer;
}

} // namespace

OperationResult insertTime(const Score& score, Tick at, Ticks length, Crossing crossing, IdMint& mint) {
    std::size_t locked = 0;
    if (length <= Ticks{0} || at < Tick{0}) return {};
    const auto longer = withTime(score, at, length, crossing, locked, mint);
    return {difference(score, longer), locked};
}

OperationResult deleteTime(const Score& score, TickRange range, Crossing crossing) {
    range.start = std::max(range.start, Tick{0});
    if (range.isEmpty()) return {};
    auto shorter = score;
    std::size_t locked = 0;
    for (auto& track : shorter.tracks) deleteAmongNotes(track, range, crossing, locked);
    forEachList(shorter, [&](auto& events) { deleteAmongEvents(events, range); });
    if (range.start < score.end) shorter.end = std::max(range.start, score.end - range.length());
    return {difference(score, shorter), locked};
}

OperationResult duplicateTime(const Score& score, TickRange range, IdMint& mint) {
    range.start = std::max(range.start, Tick{0});
    if (range.isEmpty()) return {};
    std::size_t locked = 0;
    auto longer = withTime(score, range.end, range.length(), Crossing::Split, locked, mint);
    for (std::size_t i = 0; i < score.tracks.size(); ++i) {
        duplicateNotes(longer.tracks[i], score.tracks[i], range, mint);
        duplicateEvents(longer.tracks[i].events, score.tracks[i].events, range, mint);
    }
    duplicateEvents(longer.tempos, score.tempos, range, mint);
    duplicateEvents(longer.meters, score.meters, range, mint);
    duplicateEvents(longer.keys, score.keys, range, mint);
    duplicateEvents(longer.scales, score.scales, range, mint);
    duplicateEvents(longer.chords, score.chords, range, mint);
    duplicateEvents(longer.markers, score.markers, range, mint);
    duplicateEvents(longer.ramps, score.ramps, range, mint);
    return {difference(score, longer), locked};
}

} // namespace continuo::score
