#include "engine/corpus/import_filter.h"

#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/tokens/encoder.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace continuo::corpus {

namespace {

/// What the filter looks at.
struct Contents {
    score::Tick last;
    std::size_t notes = 0;
    int tracks = 0;
    std::set<int> programs; // -1: drums
    std::set<int> pitches;  // outside drum tracks
};

Contents contentsOf(const score::Score& score) {
    Contents contents;
    for (const auto& track : score.tracks) {
        if (track.notes.empty()) continue;
        ++contents.tracks;
        contents.notes += track.notes.size();
        contents.programs.insert(track.drums ? -1 : score::mainProgram(track));
        for (const auto& note : track.notes) {
            contents.last = std::max(contents.last, note.end());
            if (!track.drums) contents.pitches.insert(note.pitch);
        }
    }
    return contents;
}

} // namespace

std::optional<Refusal> refusalOf(const score::Score& score, const ImportFilter& filter) {
    if (score.format == 2)
        return Refusal{"sequences", "a format 2 file: its tracks are pieces of their own; save each as a file"};
    const auto contents = contentsOf(score);
    if (contents.notes == 0) return Refusal{"empty", "no notes"};
    const double beats = static_cast<double>(contents.last.fromStart) / static_cast<double>(score.division.quarter());
    if (beats < filter.minimumBeats)
        return Refusal{"short", "only " + base::formatFixed(beats, 2) + " quarter notes long"};
    if (filter.maximumBeats > 0 && beats > filter.maximumBeats)
        return Refusal{"long", base::formatFixed(beats, 0) + " quarter notes long"};
    if (contents.notes < filter.minimumNotes)
        return Refusal{"thin", "only " + std::to_string(contents.notes) + " notes"};
    if (contents.tracks < filter.minimumTracks)
        return Refusal{"tracks", std::to_string(contents.tracks) + " tracks with notes"};
    if (static_cast<int>(contents.programs.size()) < filter.minimumPrograms)
        return Refusal{"programs", std::to_string(contents.programs.size()) + " programs with notes"};
    if (static_cast<int>(contents.pitches.size()) < filter.minimumPitches)
        return Refusal{"monotone", std::to_string(contents.pitches.size()) + " distinct pitches outside drum tracks"};
    return std::nullopt;
}

std::string fingerprint(const score::Score& score) {
    using Place = std::tuple<std::int64_t, bool, int>;
    std::vector<Place> places;
    int lowest = 127;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            places.emplace_back(tokens::toPositions(note.onset.fromStart, score.division.quarter()), track.drums,
                                note.pitch);
            if (!track.drums) lowest = std::min<int>(lowest, note.pitch);
        }
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    std::string text;
    const auto first = places.empty() ? 0 : std::get<0>(places.front());
    for (const auto& [at, drums, pitch] : places)
        text += std::to_string(at - first) +
                (drums ? "d" + std::to_string(pitch) : "p" + std::to_string(pitch - lowest)) + " ";
    return base::sha256(base::bytesOf(text));
}

} // namespace continuo::corpus
