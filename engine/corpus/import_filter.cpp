#include "engine/corpus/import_filter.h"

#include "engine/base/sha256.h"
#include "engine/base/text.h"
#include "engine/tokens/encoder.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <vector>

namespace continuo::corpus {

std::optional<Refusal> refusalOf(const score::Score& score, const ImportFilter& filter) {
    if (score.format == 2)
        return Refusal{"sequences", "a format 2 file: its tracks are pieces of their own; save each as a file"};
    if (score::noteCount(score) == 0) return Refusal{"empty", "no notes"};
    score::Tick last;
    std::set<int> pitches;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            last = std::max(last, note.end());
            if (!track.drums) pitches.insert(note.pitch);
        }
    const double beats = static_cast<double>(last.fromStart) / static_cast<double>(score.division.quarter());
    if (beats < filter.minimumBeats)
        return Refusal{"short", "only " + base::formatFixed(beats, 2) + " quarter notes long"};
    if (static_cast<int>(pitches.size()) < filter.minimumPitches)
        return Refusal{"monotone", std::to_string(pitches.size()) + " distinct pitches outside drum tracks"};
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
