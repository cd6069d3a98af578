#include "engine/score/operations/instrument_change.h"

#include "engine/score/operations/channel_conflicts.h"
#include "engine/score/operations/chord_groups.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/split_tracks.h"
#include "engine/score/track_operations.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <map>

namespace continuo::score {
namespace {

constexpr std::uint8_t kDrumChannel = 9;
constexpr int kMostOctaves = 10;

int folded(int pitch, const InstrumentRange& range) {
    int inside = pitch;
    while (inside < range.lowest) inside += 12;
    while (inside > range.highest) inside -= 12;
    return range.holds(inside) ? inside : pitch;
}

/// Octaves for the keys of a chord, from low to high, such that all are inside and rise, with the least sum of moves;
/// nothing where the range is too narrow for it.
std::vector<int> risingPitches(const std::vector<int>& keys, const InstrumentRange& range) {
    constexpr int kFar = std::numeric_limits<int>::max() / 2;
    constexpr std::size_t kChoices = 2 * kMostOctaves + 1;
    std::vector<std::array<int, kChoices>> costs(keys.size()), came(keys.size());
    const auto pitchOf = [&](std::size_t i, std::size_t choice) {
        return keys[i] + 12 * (static_cast<int>(choice) - kMostOctaves);
    };
    for (std::size_t i = 0; i < keys.size(); ++i)
        for (std::size_t choice = 0; choice < kChoices; ++choice) {
            costs[i][choice] = kFar;
            if (!range.holds(pitchOf(i, choice))) continue;
            const int own = std::abs(static_cast<int>(choice) - kMostOctaves);
            if (i == 0) costs[i][choice] = own;
            for (std::size_t before = 0; i > 0 && before < kChoices; ++before) {
                if (costs[i - 1][before] == kFar) continue;
                const bool rises = keys[i] == keys[i - 1] ? pitchOf(i, choice) == pitchOf(i - 1, before)
                                                          : pitchOf(i, choice) > pitchOf(i - 1, before);
                if (!rises || costs[i - 1][before] + own >= costs[i][choice]) continue;
                costs[i][choice] = costs[i - 1][before] + own;
                came[i][choice] = static_cast<int>(before);
            }
        }
    const auto best = std::ranges::min_element(costs.back());
    if (*best == kFar) return {};
    std::vector<int> pitches(keys.size());
    auto choice = static_cast<std::size_t>(best - costs.back().begin());
    for (auto i = keys.size(); i-- > 0;) {
        pitches[i] = pitchOf(i, choice);
        choice = static_cast<std::size_t>(came[i][choice]);
    }
    return pitches;
}

std::vector<int> pitchesFor(const Score& score, const std::vector<Note>& notes, const InstrumentChange& change) {
    const auto& range = InstrumentRanges::standard().of(change.program);
    if (change.outside == OutsideNotes::Fold) return foldedPitches(notes, range);
    if (change.outside == OutsideNotes::Revoice) return revoicedPitches(notes, range, chordTolerance(score.division));
    int octaves = 0;
    if (change.outside == OutsideNotes::Octaves) {
        std::vector<NoteId> ids;
        int lowest = 127, highest = 0;
        for (const auto& note : notes) {
            ids.push_back(note.id);
            lowest = std::min<int>(lowest, note.pitch);
            highest = std::max<int>(highest, note.pitch);
        }
        octaves = checkRange(score, ids, change.program).octaves;
        while (octaves < 0 && lowest + 12 * octaves < 0) ++octaves;
        while (octaves > 0 && highest + 12 * octaves > 127) --octaves;
    }
    std::vector<int> pitches;
    for (const auto& note : notes) pitches.push_back(note.pitch + 12 * octaves);
    return pitches;
}

void refit(EditBuilder& builder, const Score& score, TrackId track, const std::vector<Note>& notes,
           const InstrumentChange& change) {
    if (change.drums || change.outside == OutsideNotes::Leave) return;
    const auto pitches = pitchesFor(score, notes, change);
    for (std::size_t i = 0; i < notes.size(); ++i) {
        auto moved = notes[i];
        moved.pitch = boundedPitch(pitches[i]);
        builder.replace(track, notes[i], moved);
    }
}

OperationResult changeTrack(const Score& score, const Track& track, const InstrumentChange& change, IdMint& mint) {
    const auto selected = selectedNotes(score, allNotes(track));
    EditBuilder builder;
    const auto program = setProgram(score, track.id, change.program, mint);
    for (const auto& part : program.contents) {
        for (const auto& event : part.events.removed) builder.removeEvent(track.id, event);
        for (const auto& event : part.events.added) builder.addEvent(track.id, event);
    }
    if (track.drums != change.drums) {
        auto header = track.header();
        header.drums = change.drums;
        header.channel = change.drums ? kDrumChannel : freeChannel(score, header.port, header.id).value_or(0);
        builder.edit().headers.push_back({track.header(), header});
    }
    for (const auto& part : selected.tracks) refit(builder, score, track.id, part.notes, change);
    return builder.result(selected.locked);
}

/// Program events of `track` give way to one at the start.
void setOnlyProgram(Track& track, int program, IdMint& mint) {
    std::erase_if(track.events, [](const ChannelEvent& event) {
        return event.kind == ChannelEventKind::Program ||
               (event.kind == ChannelEventKind::Controller && (event.first == 0 || event.first == 32));
    });
    track.events.push_back(
        {mint.event(), Tick{0}, ChannelEventKind::Program, static_cast<std::uint8_t>(program & 127), 0});
    std::ranges::sort(track.events, EventOrder{});
}

OperationResult changeInNewTrack(const Score& score, NoteIds named, const InstrumentChange& change, IdMint& mint) {
    auto moved = moveToNewTrack(score, named, mint);
    for (auto& list : moved.edit.lists) {
        auto& track = list.track;
        track.drums = change.drums;
        track.channel = change.drums ? kDrumChannel : freeChannel(score, track.port).value_or(track.channel);
        setOnlyProgram(track, change.program, mint);
        if (change.drums || change.outside == OutsideNotes::Leave) continue;
        const auto pitches = pitchesFor(score, track.notes, change);
        for (std::size_t i = 0; i < track.notes.size(); ++i) track.notes[i].pitch = boundedPitch(pitches[i]);
        std::ranges::sort(track.notes, NoteOrder{});
    }
    return moved;
}

OperationResult changeFromHere(const Score& score, const SelectedNotes& selected, const Track& track,
                               const InstrumentChange& change, IdMint& mint) {
    EditBuilder builder;
    const auto span = selected.range();
    const int before = programAt(track, span.end);
    const auto put = [&](Tick at, int program) {
        builder.addEvent(track.id,
                         {mint.event(), at, ChannelEventKind::Program, static_cast<std::uint8_t>(program & 127), 0});
    };
    bool resumes = true; // unless the track says a program there itself
    for (const auto& event : track.events) {
        if (event.kind != ChannelEventKind::Program) continue;
        if (span.start <= event.at && event.at < span.end) builder.removeEvent(track.id, event);
        if (event.at == span.end) resumes = false;
    }
    put(span.start, change.program);
    if (resumes && before != change.program) put(span.end, before);
    for (const auto& part : selected.tracks)
        if (part.track->id == track.id) refit(builder, score, track.id, part.notes, change);
    return builder.result(selected.locked);
}

std::vector<NoteId> namedIn(const Track& track, NoteIds named) {
    const NoteIdSet wanted(named);
    std::vector<NoteId> ids;
    for (const auto& note : track.notes)
        if (wanted.contains(note.id)) ids.push_back(note.id);
    return ids;
}

} // namespace

std::vector<int> foldedPitches(const std::vector<Note>& notes, const InstrumentRange& range) {
    std::vector<int> pitches;
    for (const auto& note : notes) pitches.push_back(folded(note.pitch, range));
    return pitches;
}

std::vector<int> revoicedPitches(const std::vector<Note>& notes, const InstrumentRange& range, Ticks together) {
    std::map<NoteId, int> pitchOf;
    for (const auto& chord : chordsOf(notes, together)) {
        std::vector<int> keys;
        for (const auto& note : chord) keys.push_back(note.pitch);
        const bool allInside = std::ranges::all_of(keys, [&](int key) { return range.holds(key); });
        auto pitches = allInside ? keys : risingPitches(keys, range);
        if (pitches.empty())
            for (const int key : keys) pitches.push_back(folded(key, range));
        for (std::size_t i = 0; i < chord.size(); ++i) pitchOf[chord[i].id] = pitches[i];
    }
    std::vector<int> pitches;
    for (const auto& note : notes) pitches.push_back(pitchOf.at(note.id));
    return pitches;
}

OperationResult changeInstrument(const Score& score, TrackId id, NoteIds named, const InstrumentChange& change,
                                 IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    if (change.scope == ChangeScope::Track) return changeTrack(score, *track, change, mint);
    const auto ids = namedIn(*track, named);
    const auto selected = selectedNotes(score, ids);
    if (selected.isEmpty()) return {{}, selected.locked};
    if (change.scope == ChangeScope::NewTrack || change.drums != track->drums)
        return changeInNewTrack(score, ids, change, mint);
    return changeFromHere(score, selected, *track, change, mint);
}

} // namespace continuo::score
