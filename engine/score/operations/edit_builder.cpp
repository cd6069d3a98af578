#include "engine/score/operations/edit_builder.h"

#include "engine/score/operations/list_edit.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace continuo::score {
namespace {

Note bounded(Note note, Ticks shortest) {
    note.onset = std::max(note.onset, Tick{0});
    note.length = std::max(note.length, shortest);
    return note;
}

/// Tracks that left (positions as they are met when taken out one by one, the last first) and tracks that came.
std::vector<TrackListEdit> listEdits(const Score& before, const Score& after) {
    std::vector<TrackListEdit> lists;
    for (auto position = before.tracks.size(); position-- > 0;)
        if (!findTrack(after, before.tracks[position].id))
            lists.push_back({position, before.tracks[position], /*enters=*/false});
    for (std::size_t position = 0; position < after.tracks.size(); ++position)
        if (!findTrack(before, after.tracks[position].id))
            lists.push_back({position, after.tracks[position], /*enters=*/true});
    return lists;
}

} // namespace

void EditBuilder::replace(TrackId track, const Note& before, Note after) {
    assert(before.id == after.id && !has(before.marks, NoteMarks::Locked));
    if (after == before) return;
    after = bounded(after, std::min(before.length, Ticks{1})); // files may hold notes without length
    auto& part = partOf(track);
    part.notes.removed.push_back(before);
    part.notes.added.push_back(after);
}

void EditBuilder::remove(TrackId track, const Note& note) {
    assert(!has(note.marks, NoteMarks::Locked));
    partOf(track).notes.removed.push_back(note);
}

void EditBuilder::add(TrackId track, Note note) { partOf(track).notes.added.push_back(bounded(note, Ticks{1})); }
void EditBuilder::removeEvent(TrackId track, const ChannelEvent& event) {
    partOf(track).events.removed.push_back(event);
}
void EditBuilder::addEvent(TrackId track, const ChannelEvent& event) { partOf(track).events.added.push_back(event); }

TrackContentEdit& EditBuilder::partOf(TrackId track) {
    const auto [found, isNew] = parts_.try_emplace(static_cast<std::uint64_t>(track), edit_.contents.size());
    if (isNew) edit_.contents.push_back({track, {}, {}});
    return edit_.contents[found->second];
}

OperationResult withPitches(const SelectedNotes& selected, std::vector<int> pitches) {
    if (pitches.empty()) return {{}, selected.locked};
    const auto [lowest, highest] = std::ranges::minmax(pitches);
    int octaves = 0;
    while (lowest + 12 * octaves < 0) ++octaves;
    while (highest + 12 * octaves > 127) --octaves;
    const auto folded = [](int pitch) {
        while (pitch < 0) pitch += 12;
        while (pitch > 127) pitch -= 12;
        return static_cast<std::uint8_t>(pitch);
    };
    std::size_t next = 0;
    return rewriteEach(selected, [&](Note note, const Track&) {
        note.pitch = folded(pitches[next++] + 12 * octaves);
        return note;
    });
}

ScoreEdit difference(const Score& before, const Score& after) {
    ScoreEdit edit;
    edit.lists = listEdits(before, after);
    for (const auto& track : before.tracks) {
        const auto* now = findTrack(after, track.id);
        if (!now) continue;
        if (track.header() != now->header()) edit.headers.push_back({track.header(), now->header()});
        TrackContentEdit part{track.id, exchangeBetween(track.notes, now->notes, NoteOrder{}),
                              exchangeBetween(track.events, now->events, EventOrder{})};
        if (!part.notes.isEmpty() || !part.events.isEmpty()) edit.contents.push_back(std::move(part));
    }
    edit.tempos = exchangeBetween(before.tempos, after.tempos, EventOrder{});
    edit.meters = exchangeBetween(before.meters, after.meters, EventOrder{});
    edit.keys = exchangeBetween(before.keys, after.keys, EventOrder{});
    edit.scales = exchangeBetween(before.scales, after.scales, EventOrder{});
    edit.chords = exchangeBetween(before.chords, after.chords, EventOrder{});
    edit.markers = exchangeBetween(before.markers, after.markers, EventOrder{});
    edit.ramps = exchangeBetween(before.ramps, after.ramps, EventOrder{});
    if (before.end != after.end) edit.end = std::pair{before.end, after.end};
    return edit;
}

std::uint8_t boundedVelocity(double value) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value), 1L, 127L));
}

std::uint8_t boundedPitch(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 127)); }

} // namespace continuo::score
