#include "engine/score/score.h"

#include <algorithm>

namespace continuo::score {

const Track* findTrack(const Score& score, TrackId id) {
    const auto found = std::ranges::find(score.tracks, id, &Track::id);
    return found == score.tracks.end() ? nullptr : &*found;
}

Track* findTrack(Score& score, TrackId id) {
    return const_cast<Track*>(findTrack(static_cast<const Score&>(score), id)); // NOLINT: same object, not const
}

const Note* findNote(const Track& track, NoteId id) {
    const auto found = std::ranges::find(track.notes, id, &Note::id);
    return found == track.notes.end() ? nullptr : &*found;
}

Tick lastTick(const Score& score) {
    auto last = score.end;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) last = std::max(last, note.end());
    return last;
}

std::size_t noteCount(const Score& score) {
    std::size_t count = 0;
    for (const auto& track : score.tracks) count += track.notes.size();
    return count;
}

int programAt(const Track& track, Tick at) {
    int program = 0;
    for (const auto& event : track.events) {
        if (at < event.at) break;
        if (event.kind == ChannelEventKind::Program) program = event.first;
    }
    return program;
}

int mainProgram(const Track& track) {
    return programAt(track, track.notes.empty() ? Tick{INT64_MAX} : track.notes.front().onset);
}

IdMint::IdMint(const Score& score) {
    const auto see = [&](auto id) { last_ = std::max(last_, static_cast<std::uint64_t>(id)); };
    for (const auto& track : score.tracks) {
        see(track.id);
        for (const auto& note : track.notes) see(note.id);
        for (const auto& event : track.events) see(event.id);
    }
    for (const auto& event : score.tempos) see(event.id);
    for (const auto& event : score.meters) see(event.id);
    for (const auto& event : score.keys) see(event.id);
    for (const auto& event : score.scales) see(event.id);
    for (const auto& event : score.chords) see(event.id);
    for (const auto& event : score.markers) see(event.id);
    for (const auto& event : score.ramps) see(event.id);
}

} // namespace continuo::score
