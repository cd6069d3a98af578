#include "engine/score/operations/excerpt.h"

#include "engine/score/operations/time_scaling.h"

#include <algorithm>
#include <map>

namespace continuo::score {
namespace {

/// Events that hold at `from` and those before `to`, moved so that `from` becomes tick 0; slots tell what replaces
/// what.
template <typename Event, typename Slot>
std::vector<Event> heldAndComing(const std::vector<Event>& events, TickRange range, Slot slotOf) {
    std::map<int, Event> held;
    std::vector<Event> coming;
    for (auto event : events) {
        if (event.at <= range.start) {
            event.at = Tick{0};
            held.insert_or_assign(slotOf(event), event);
        } else if (event.at <= range.end) {
            event.at = event.at - (range.start - Tick{0});
            coming.push_back(event);
        }
    }
    std::vector<Event> result;
    for (const auto& [slot, event] : held) result.push_back(event);
    std::ranges::sort(result, EventOrder{});
    result.insert(result.end(), coming.begin(), coming.end());
    return result;
}

template <typename MapEvent>
std::vector<MapEvent> ofPiece(const std::vector<MapEvent>& events, TickRange range) {
    auto all = heldAndComing(events, range, [](const MapEvent&) { return 0; });
    for (auto& event : all) event.chunk = 0;
    return all;
}

TickRange spanOf(const SelectedNotes& chosen, const MeterMap& meters) {
    const auto range = chosen.range();
    return {range.start - meters.positionAt(range.start).tick, range.end};
}

/// The notes with these ids, the locked ones included.
SelectedNotes withLocked(const Score& score, NoteIds ids) {
    const NoteIdSet wanted(ids);
    SelectedNotes chosen;
    for (const auto& track : score.tracks) {
        std::vector<Note> notes;
        for (const auto& note : track.notes)
            if (wanted.contains(note.id)) notes.push_back(note);
        if (!notes.empty()) chosen.tracks.push_back({&track, std::move(notes)});
    }
    return chosen;
}

} // namespace

Score excerpt(const Score& score, NoteIds ids) {
    const auto chosen = withLocked(score, ids);
    Score piece;
    piece.division = score.division;
    if (chosen.isEmpty()) return piece;
    const auto span = spanOf(chosen, score.meterMap());
    const auto isSlot = [](const ChannelEvent& event) {
        const bool ofKey = event.kind == ChannelEventKind::Controller || event.kind == ChannelEventKind::KeyPressure;
        return static_cast<int>(event.kind) * 256 + (ofKey ? event.first : 0);
    };
    int chunk = 1;
    for (const auto& [from, notes] : chosen.tracks) {
        Track track;
        static_cast<TrackHeader&>(track) = from->header();
        track.chunk = chunk++;
        track.notes = notes;
        for (auto& note : track.notes) note.onset = note.onset - (span.start - Tick{0});
        track.events = heldAndComing(from->events, span, isSlot);
        piece.tracks.push_back(std::move(track));
    }
    piece.tempos = ofPiece(score.tempos, span);
    piece.meters = ofPiece(score.meters, span);
    piece.keys = ofPiece(score.keys, span);
    piece.scales = ofPiece(score.scales, span);
    piece.chords = ofPiece(score.chords, span);
    piece.end = lastTick(piece);
    return piece;
}

Clip clipOf(const Score& piece) {
    return copyClip(piece, allNotes(piece), {.withControllers = true, .anchor = CopySettings::Anchor::Bar});
}

Clip scaledTo(Clip clip, Division division) {
    const TimeScaling scaled(clip.division, division);
    for (auto& part : clip.parts) {
        for (auto& note : part.notes) {
            const auto end = scaled(note.end());
            note.onset = Tick{0} + scaled(note.onset);
            note.length = std::max(Ticks{1}, Tick{0} + end - note.onset);
        }
        for (auto& event : part.events) event.at = Tick{0} + scaled(event.at);
    }
    clip.offset = scaled(clip.offset);
    clip.length = scaled(clip.length);
    clip.division = division;
    return clip;
}

ScoreEdit addTracksOf(const Score& score, const Score& piece, Tick at, IdMint& mint) {
    const TimeScaling scaled(piece.division, score.division);
    ScoreEdit edit;
    int chunk = 0;
    for (const auto& track : score.tracks) chunk = std::max(chunk, track.chunk + 1);
    auto end = score.end;
    for (const auto& source : piece.tracks) {
        auto track = source;
        track.id = mint.track();
        track.chunk = chunk++;
        for (auto& note : track.notes) {
            note.id = mint.note();
            const auto noteEnd = scaled(note.end());
            note.onset = at + scaled(note.onset);
            note.length = std::max(Ticks{1}, at + noteEnd - note.onset);
            end = std::max(end, note.end());
        }
        for (auto& event : track.events) {
            event.id = mint.event();
            event.at = at + scaled(event.at);
        }
        std::ranges::sort(track.notes, NoteOrder{});
        std::ranges::sort(track.events, EventOrder{});
        edit.lists.push_back({score.tracks.size() + edit.lists.size(), std::move(track), /*enters=*/true});
    }
    if (score.end < end && !edit.lists.empty()) edit.end = std::pair{score.end, end};
    return edit;
}

} // namespace continuo::score
