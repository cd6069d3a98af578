#include "engine/tokens/imported_score.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace continuo::tokens {
namespace {

/// What makes muspy open a track: a note that closes, a controller, or the end of a chunk for each channel with notes,
/// under the program then in force.
struct Opening {
    std::int64_t at = 0;
    int order = 0; // at one tick: controllers, notes, the end
    std::uint32_t track = 0;
    int program = 0;
    const score::Note* note = nullptr; // null: a track without a note
};

void collectOpenings(const score::Score& score, std::uint32_t index, std::vector<Opening>& openings) {
    const auto& track = score.tracks[index];
    for (const auto& event : track.events)
        if (event.kind == score::ChannelEventKind::Controller)
            openings.push_back({event.at.fromStart, 0, index, score::programAt(track, event.at), nullptr});
    for (const auto& note : track.notes)
        openings.push_back({note.end().fromStart, 1, index, score::programAt(track, note.end()), &note});
    constexpr auto kEnd = std::numeric_limits<std::int64_t>::max();
    if (!track.notes.empty()) openings.push_back({kEnd, 2, index, score::programAt(track, score::Tick{kEnd}), nullptr});
}

} // namespace

void sortLikeMuspy(std::vector<ImportedNote>& notes) {
    const auto key = [](const ImportedNote& note) {
        return std::tuple(note.onset, note.pitch, note.end - note.onset, note.velocity);
    };
    std::stable_sort(notes.begin(), notes.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
}

ImportedScore importedScore(const score::Score& score) {
    std::map<int, std::vector<std::uint32_t>> chunks;
    for (std::uint32_t index = 0; index < score.tracks.size(); ++index)
        chunks[score.tracks[index].chunk].push_back(index);
    ImportedScore result{.resolution = score.division.quarter(), .tracks = {}};
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
            if (isNew) imported.push_back({opening.program, track.drums, {}});
            if (!opening.note) continue;
            const auto& note = *opening.note;
            imported[place->second].notes.push_back(
                {note.onset.fromStart, note.end().fromStart, note.pitch, note.velocity, {opening.track, note.id}});
        }
    }
    for (auto& track : imported) sortLikeMuspy(track.notes);
    return result;
}

} // namespace continuo::tokens
