#include "engine/score/operations/split_tracks.h"

#include "engine/score/key_event.h"
#include "engine/score/operations/chord_groups.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/instrument_ranges.h"
#include "engine/score/operations/voices.h"

#include <algorithm>
#include <functional>
#include <map>

namespace continuo::score {
namespace {

bool isLocked(const Note& note) { return has(note.marks, NoteMarks::Locked); }

int nextChunk(const Score& score) {
    int chunk = 0;
    for (const auto& track : score.tracks) chunk = std::max(chunk, track.chunk + 1);
    return chunk;
}

/// A track that sounds as `track` does, without notes, in a chunk of its own.
Track soundingLike(const Track& track, const std::string& name, int chunk, IdMint& mint) {
    Track made;
    static_cast<TrackHeader&>(made) = track.header();
    made.id = mint.track();
    made.name = name;
    made.chunk = chunk;
    made.events = track.events;
    for (auto& event : made.events) event.id = mint.event();
    return made;
}

/// Parts a track: part 0 stays, the others become tracks with `nameOf(part)`.
OperationResult parted(const Score& score, const Track& track, const std::vector<std::size_t>& partOf,
                       const std::function<std::string(std::size_t)>& nameOf, IdMint& mint) {
    std::map<std::size_t, Track> parts;
    EditBuilder builder;
    int chunk = nextChunk(score);
    std::size_t locked = 0;
    for (std::size_t i = 0; i < track.notes.size(); ++i) {
        const auto& note = track.notes[i];
        locked += isLocked(note);
        if (partOf[i] == 0 || isLocked(note)) continue;
        auto found = parts.find(partOf[i]);
        if (found == parts.end())
            found = parts.emplace(partOf[i], soundingLike(track, nameOf(partOf[i]), chunk++, mint)).first;
        found->second.notes.push_back(note);
        builder.remove(track.id, note);
    }
    auto position = static_cast<std::size_t>(&track - score.tracks.data()) + 1;
    for (auto& [part, made] : parts) builder.edit().lists.push_back({position++, std::move(made), /*enters=*/true});
    return builder.result(locked);
}

std::string numbered(const Track& track, std::size_t part) { return track.name + " " + std::to_string(part + 1); }

} // namespace

OperationResult moveToNewTrack(const Score& score, NoteIds ids, IdMint& mint, const std::string& name) {
    const auto selected = selectedNotes(score, ids);
    EditBuilder builder;
    int chunk = nextChunk(score);
    std::size_t made = 0;
    for (const auto& [track, notes] : selected.tracks) {
        auto moved = soundingLike(*track, name.empty() ? numbered(*track, 1) : name, chunk++, mint);
        moved.notes = notes;
        for (const auto& note : notes) builder.remove(track->id, note);
        const auto position = static_cast<std::size_t>(track - score.tracks.data()) + 1 + made++;
        builder.edit().lists.push_back({position, std::move(moved), /*enters=*/true});
    }
    return builder.result(selected.locked);
}

OperationResult splitByPitch(const Score& score, TrackId id, int lowestKept, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    std::vector<std::size_t> partOf;
    for (const auto& note : track->notes) partOf.push_back(note.pitch < lowestKept ? 1 : 0);
    const auto below = track->name + " below " + pitchName(std::clamp(lowestKept, 0, 127));
    return parted(
        score, *track, partOf, [&](std::size_t) { return below; }, mint);
}

OperationResult splitByVoice(const Score& score, TrackId id, std::size_t most, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    const auto voices = dealtToVoices(track->notes, most, chordTolerance(score.division));
    return parted(
        score, *track, voices, [&](std::size_t part) { return numbered(*track, part); }, mint);
}

OperationResult splitHands(const Score& score, TrackId id, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    std::vector<std::size_t> partOf;
    for (const bool right : playedByRightHand(track->notes, chordTolerance(score.division)))
        partOf.push_back(right ? 0 : 1);
    return parted(
        score, *track, partOf, [&](std::size_t) { return track->name + " left hand"; }, mint);
}

OperationResult splitByDrum(const Score& score, TrackId id, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    std::map<int, std::size_t> hits;
    for (const auto& note : track->notes) ++hits[note.pitch];
    if (hits.size() < 2) return {{}, lockedAmong(score, allNotes(*track))};
    const int stays = std::ranges::max_element(hits, {}, [](const auto& hit) { return hit.second; })->first;
    std::vector<std::size_t> partOf;
    for (const auto& note : track->notes) partOf.push_back(note.pitch == stays ? 0 : std::size_t{note.pitch} + 1);
    const auto nameOf = [&](std::size_t part) {
        const auto key = static_cast<int>(part) - 1;
        const auto& drum = InstrumentRanges::standard().drumName(key);
        return track->drums && !drum.empty() ? drum : track->name + " " + pitchName(key);
    };
    return parted(score, *track, partOf, nameOf, mint);
}

OperationResult mergeTracks(const Score& score, TrackId target, const std::vector<TrackId>& sources,
                            const MergeSettings& settings) {
    auto merged = score;
    auto* into = findTrack(merged, target);
    std::size_t locked = 0;
    if (!into) return {};
    std::vector<TrackId> emptied;
    for (auto& source : merged.tracks) {
        if (source.id == target || std::ranges::find(sources, source.id) == sources.end()) continue;
        const auto stay = std::stable_partition(source.notes.begin(), source.notes.end(), isLocked);
        locked += static_cast<std::size_t>(stay - source.notes.begin());
        into->notes.insert(into->notes.end(), stay, source.notes.end());
        source.notes.erase(stay, source.notes.end());
        if (!source.notes.empty()) continue;
        if (settings.keepControllers)
            for (const auto& event : source.events)
                if (event.kind != ChannelEventKind::Program) into->events.push_back(event);
        emptied.push_back(source.id);
    }
    std::ranges::sort(into->notes, NoteOrder{});
    std::ranges::sort(into->events, EventOrder{});
    std::erase_if(merged.tracks,
                  [&](const Track& track) { return std::ranges::find(emptied, track.id) != emptied.end(); });
    return {difference(score, merged), locked};
}

OperationResult cloneTrack(const Score& score, TrackId id, IdMint& mint) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    auto clone = soundingLike(*track, numbered(*track, 1), nextChunk(score), mint);
    clone.notes = track->notes;
    for (auto& note : clone.notes) note.id = mint.note();
    EditBuilder builder;
    const auto position = static_cast<std::size_t>(track - score.tracks.data()) + 1;
    builder.edit().lists.push_back({position, std::move(clone), /*enters=*/true});
    return builder.result(0);
}

} // namespace continuo::score
