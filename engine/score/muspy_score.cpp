#include "engine/score/muspy_score.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>

namespace continuo::score {
namespace {

/// What makes MusPy open a track: a note that closes, a controller, or the end of a chunk for each channel with notes,
/// under the program then in force.
struct Opening {
    std::int64_t at = 0;
    int order = 0; // at one tick: controllers, notes, the end
    std::uint32_t track = 0;
    int program = 0;
    const Note* note = nullptr; // null: a track without a note
};

constexpr auto kChunkEnd = std::numeric_limits<std::int64_t>::max();

void collectOpenings(const Score& score, std::uint32_t index, std::vector<Opening>& openings) {
    const auto& track = score.tracks[index];
    for (const auto& event : track.events)
        if (event.kind == ChannelEventKind::Controller)
            openings.push_back({event.at.fromStart, 0, index, programAt(track, event.at), nullptr});
    for (const auto& note : track.notes)
        openings.push_back({note.end().fromStart, 1, index, programAt(track, note.end()), &note});
    if (!track.notes.empty()) openings.push_back({kChunkEnd, 2, index, programAt(track, Tick{kChunkEnd}), nullptr});
}

} // namespace

void sortLikeMuspy(std::vector<MuspyNote>& notes) {
    const auto key = [](const MuspyNote& note) {
        return std::tuple(note.onset, note.pitch, note.end - note.onset, note.velocity);
    };
    std::stable_sort(notes.begin(), notes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

MuspyScore muspyScore(const Score& score) {
    std::map<int, std::vector<std::uint32_t>> chunks;
    for (std::uint32_t index = 0; index < score.tracks.size(); ++index)
        chunks[score.tracks[index].chunk].push_back(index);
    MuspyScore result{.resolution = score.division.quarter(), .tracks = {}, .end = 0};
    auto& imported = result.tracks;
    for (const auto& [chunk, indices] : chunks) {
        std::vector<Opening> openings;
        for (const auto index : indices) collectOpenings(score, index, openings);
        std::stable_sort(openings.begin(), openings.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.at, a.order) < std::tuple(b.at, b.order);
        });
        std::map<std::pair<int, int>, std::size_t> places;
        for (const auto& opening : openings) {
            const auto& track = score.tracks[opening.track];
            const auto [place, isNew] = places.try_emplace({opening.program, track.channel}, imported.size());
            if (isNew) imported.push_back({opening.program, track.drums, {}, 0});
            auto& target = imported[place->second];
            if (opening.at != kChunkEnd) target.end = std::max(target.end, opening.at);
            if (!opening.note) continue;
            const auto& note = *opening.note;
            target.notes.push_back(
                {note.onset.fromStart, note.end().fromStart, note.pitch, note.velocity, {opening.track, note.id}});
        }
    }
    for (auto& track : imported) {
        sortLikeMuspy(track.notes);
        result.end = std::max(result.end, track.end);
    }
    const auto reach = [&](const auto& events) {
        for (const auto& event : events) result.end = std::max(result.end, event.at.fromStart);
    };
    reach(score.tempos);
    reach(score.keys);
    reach(score.meters);
    return result;
}

MuspyScore atResolution(MuspyScore score, std::int64_t resolution) {
    const auto factor = static_cast<double>(resolution) / static_cast<double>(score.resolution);
    const auto move = [factor](std::int64_t& tick) {
        tick = static_cast<std::int64_t>(std::nearbyint(static_cast<double>(tick) * factor));
    };
    score.resolution = resolution;
    move(score.end);
    for (auto& track : score.tracks) {
        move(track.end);
        for (auto& note : track.notes) {
            move(note.onset);
            move(note.end);
        }
    }
    return score;
}

bool isSameMusic(const MuspyScore& a, const MuspyScore& b) {
    const auto sameNote = [](const MuspyNote& x, const MuspyNote& y) {
        return std::tie(x.onset, x.end, x.pitch, x.velocity) == std::tie(y.onset, y.end, y.pitch, y.velocity);
    };
    const auto sameTrack = [&](const MuspyTrack& x, const MuspyTrack& y) {
        return std::tie(x.program, x.drums, x.end) == std::tie(y.program, y.drums, y.end) &&
               std::ranges::equal(x.notes, y.notes, sameNote);
    };
    return a.resolution == b.resolution && a.end == b.end && std::ranges::equal(a.tracks, b.tracks, sameTrack);
}

} // namespace continuo::score
