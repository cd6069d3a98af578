#include "engine/corpus/similarity.h"

#include "engine/tokens/encoder.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <unordered_map>

namespace continuo::corpus {
namespace {

constexpr std::size_t kRun = 4;                // notes
constexpr std::size_t kCommon = 200;           // pieces that share an element before it says nothing
constexpr std::size_t kSharedToBeLookedAt = 4; // elements that two sketches share before they are compared

/// splitmix64 (Steele, Lea and Flood, OOPSLA 2014).
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15;
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
    value = (value ^ value >> 27) * 0x94D049BB133111EB;
    return value ^ value >> 31;
}

using Place = std::pair<std::int64_t, int>; // position, pitch

std::vector<Place> placesOf(const score::Score& score, bool drums) {
    std::vector<Place> places;
    for (const auto& track : score.tracks)
        if (track.drums == drums)
            for (const auto& note : track.notes)
                places.emplace_back(tokens::toPositions(note.onset.fromStart, score.division.quarter()), note.pitch);
    std::ranges::sort(places);
    places.erase(std::unique(places.begin(), places.end()), places.end());
    return places;
}

void addRuns(const std::vector<Place>& places, bool drums, std::vector<std::uint64_t>& runs) {
    for (std::size_t i = 0; i + kRun <= places.size(); ++i) {
        std::uint64_t run = drums ? 1 : 0;
        for (std::size_t j = 0; j < kRun; ++j) {
            const auto [at, pitch] = places[i + j];
            run = mixed(run ^ static_cast<std::uint64_t>(at - places[i].first));
            run = mixed(run ^ static_cast<std::uint64_t>(drums ? pitch : pitch - places[i].second + 128));
        }
        runs.push_back(run);
    }
}

} // namespace

Sketch sketchOf(const score::Score& score) {
    std::vector<std::uint64_t> runs;
    for (const bool drums : {false, true}) addRuns(placesOf(score, drums), drums, runs);
    std::ranges::sort(runs);
    Sketch sketch;
    std::uint64_t again = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        again = i > 0 && runs[i] == runs[i - 1] ? again + 1 : 0;
        sketch.push_back(static_cast<std::uint32_t>(mixed(runs[i] ^ mixed(again)) >> 32));
    }
    std::ranges::sort(sketch);
    sketch.erase(std::unique(sketch.begin(), sketch.end()), sketch.end());
    if (sketch.size() > kSketchSize) sketch.resize(kSketchSize);
    sketch.shrink_to_fit();
    return sketch;
}

double resemblance(const Sketch& a, const Sketch& b) {
    // A sketch that is not full holds its whole set; of full ones, the smallest of both together are a fair sample.
    std::size_t i = 0, j = 0, seen = 0, both = 0;
    while (seen < kSketchSize && (i < a.size() || j < b.size())) {
        const bool takeA = j >= b.size() || (i < a.size() && a[i] <= b[j]);
        const bool takeB = i >= a.size() || (j < b.size() && b[j] <= a[i]);
        both += takeA && takeB;
        i += takeA;
        j += takeB;
        ++seen;
    }
    return seen == 0 ? 0.0 : static_cast<double>(both) / static_cast<double>(seen);
}

namespace {

/// Which pieces hold an element, as one sorted list: a map of lists would be ten times as large.
class Holders {
public:
    explicit Holders(std::span<const Sketch> sketches) {
        std::size_t elements = 0;
        for (const auto& sketch : sketches) elements += sketch.size();
        list_.reserve(elements);
        for (std::size_t i = 0; i < sketches.size(); ++i)
            for (const auto element : sketches[i]) list_.push_back({element, static_cast<std::uint32_t>(i)});
        std::ranges::sort(list_);
    }

    /// Calls visit(piece) for each holder below `last`; not at all where an element is too common to say anything.
    template <typename Visit>
    void below(std::uint32_t element, std::size_t last, Visit visit) const {
        const auto holders = std::ranges::equal_range(list_, element, {}, &Entry::first);
        if (holders.size() > kCommon) return;
        for (const auto& [same, piece] : holders)
            if (piece < last) visit(piece);
    }

private:
    using Entry = std::pair<std::uint32_t, std::uint32_t>; // element, piece
    std::vector<Entry> list_;
};

} // namespace

std::vector<Pair> similarPairs(std::span<const Sketch> sketches, double least) {
    const Holders holders(sketches);
    std::vector<Pair> pairs;
    std::unordered_map<std::uint32_t, std::size_t> shared;
    for (std::size_t i = 0; i < sketches.size(); ++i) {
        shared.clear();
        for (const auto element : sketches[i]) holders.below(element, i, [&](std::uint32_t other) { ++shared[other]; });
        for (const auto& [other, count] : shared) {
            if (count < std::min(kSharedToBeLookedAt, sketches[i].size())) continue;
            const auto alike = resemblance(sketches[other], sketches[i]);
            if (alike >= least) pairs.push_back({other, i, alike});
        }
    }
    std::ranges::sort(pairs, {}, [](const Pair& pair) { return std::pair(pair.first, pair.second); });
    return pairs;
}

std::vector<std::size_t> groupsOf(std::size_t count, std::span<const std::pair<std::size_t, std::size_t>> pairs) {
    std::vector<std::size_t> parent(count);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const auto& [a, b] : pairs) {
        const auto first = root(a), second = root(b);
        parent[std::max(first, second)] = std::min(first, second);
    }
    std::vector<std::size_t> number(count);
    std::size_t groups = 0;
    for (std::size_t i = 0; i < count; ++i) number[i] = root(i) == i ? groups++ : number[root(i)];
    return number;
}

} // namespace continuo::corpus
