#include "engine/analysis/piece_metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

namespace continuo::analysis {
namespace {

constexpr std::int64_t kBar = 4 * kGrid;

using Span = std::pair<std::int64_t, std::int64_t>; // half-open

/// Sorted, disjoint and apart; empty ones are gone.
std::vector<Span> merged(std::vector<Span> spans) {
    std::ranges::sort(spans);
    std::vector<Span> result;
    for (const auto& span : spans) {
        if (span.first >= span.second) continue;
        if (!result.empty() && span.first <= result.back().second)
            result.back().second = std::max(result.back().second, span.second);
        else
            result.push_back(span);
    }
    return result;
}

template <typename Visit>
void forPitched(const GridScore& piece, Visit visit) {
    for (const auto& track : piece.tracks)
        if (!track.drums)
            for (const auto& note : track.notes) visit(note);
}

using PitchCounts = std::array<std::int64_t, 128>;

PitchCounts pitchCounts(const GridScore& piece) {
    PitchCounts counts{};
    forPitched(piece, [&](const auto& note) { ++counts[note.pitch & 127U]; });
    return counts;
}

std::array<std::int64_t, 12> classCounts(const PitchCounts& pitches) {
    std::array<std::int64_t, 12> counts{};
    for (std::size_t pitch = 0; pitch < pitches.size(); ++pitch) counts[pitch % 12] += pitches[pitch];
    return counts;
}

std::optional<double> entropy(std::span<const std::int64_t> counts) {
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
    if (total < 1) return std::nullopt;
    double bits = 0;
    for (const auto count : counts)
        if (count > 0) bits -= static_cast<double>(count) / total * std::log2(static_cast<double>(count) / total);
    return bits;
}

std::int64_t rangeOf(const PitchCounts& counts) {
    const auto used = [](std::int64_t count) { return count > 0; };
    const auto first = std::ranges::find_if(counts, used);
    if (first == counts.end()) return 0;
    const auto last = std::find_if(counts.rbegin(), counts.rend(), used);
    return std::distance(first, last.base()) - 1;
}

std::optional<double> scaleConsistencyOf(const std::array<std::int64_t, 12>& classes) {
    static constexpr std::array<std::array<std::size_t, 7>, 2> kScales{
        {{0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}}};
    const auto total = std::accumulate(classes.begin(), classes.end(), std::int64_t{0});
    if (total < 1) return std::nullopt;
    std::int64_t best = 0;
    for (const auto& scale : kScales)
        for (std::size_t root = 0; root < 12; ++root) {
            std::int64_t inside = 0;
            for (const auto step : scale) inside += classes[(root + step) % 12];
            best = std::max(best, inside);
        }
    return static_cast<double>(best) / static_cast<double>(total);
}

std::int64_t lastEnd(const GridScore& piece) {
    std::int64_t end = 0;
    for (const auto& track : piece.tracks) end = std::max(end, track.end);
    return end;
}

std::optional<double> emptyBeatRatioOf(const GridScore& piece, std::int64_t length) {
    if (length < 1) return std::nullopt;
    std::vector<Span> touched;
    for (const auto& track : piece.tracks)
        for (const auto& note : track.notes) touched.emplace_back(note.onset / kGrid, note.end / kGrid + 1);
    std::int64_t full = 0;
    for (const auto& [first, end] : merged(std::move(touched))) full += end - first;
    return 1.0 - static_cast<double>(full) / static_cast<double>(length / kGrid + 1);
}

std::optional<double> grooveConsistencyOf(const GridScore& piece, std::int64_t length) {
    const auto bars = length / kBar + 1;
    if (bars < 2) return std::nullopt;
    std::vector<std::int64_t> onsets;
    for (const auto& track : piece.tracks)
        for (const auto& note : track.notes) onsets.push_back(note.onset);
    std::ranges::sort(onsets);
    onsets.erase(std::unique(onsets.begin(), onsets.end()), onsets.end());
    const auto isOnset = [&](std::int64_t at) { return std::ranges::binary_search(onsets, at); };
    std::int64_t distance = 0;
    for (const auto at : onsets) {
        if (at / kBar + 1 < bars) distance += !isOnset(at + kBar);
        if (at >= kBar) distance += !isOnset(at - kBar);
    }
    return 1.0 - static_cast<double>(distance) / (static_cast<double>(kBar) * static_cast<double>(bars - 1));
}

/// How many pitches sound where: total over positions, positions with any, positions with more than two.
struct Sounding {
    std::int64_t pitches = 0, any = 0, many = 0;
};

Sounding soundingOf(const GridScore& piece) {
    std::array<std::vector<Span>, 128> byPitch;
    forPitched(piece, [&](const auto& note) { byPitch[note.pitch & 127U].emplace_back(note.onset, note.end); });
    std::vector<std::pair<std::int64_t, int>> changes;
    for (auto& spans : byPitch)
        for (const auto& [first, end] : merged(std::move(spans)))
            changes.insert(changes.end(), {{first, 1}, {end, -1}});
    std::ranges::sort(changes);
    Sounding sounding;
    std::int64_t pitches = 0;
    std::int64_t before = 0;
    for (const auto& [at, change] : changes) {
        sounding.pitches += pitches * (at - before);
        if (pitches > 0) sounding.any += at - before;
        if (pitches > 2) sounding.many += at - before;
        pitches += change;
        before = at;
    }
    return sounding;
}

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
    if (whole < 1) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<double> real(std::int64_t count) { return static_cast<double>(count); }

} // namespace

PieceMetrics measure(const GridScore& piece, Convention convention) {
    PieceMetrics metrics;
    metrics.beats = piece.end / kGrid;
    metrics.tracks = static_cast<std::int64_t>(piece.tracks.size());
    std::set<int> programs;
    for (const auto& track : piece.tracks) {
        metrics.notes += static_cast<std::int64_t>(track.notes.size());
        programs.insert(track.program);
    }
    metrics.instruments = static_cast<std::int64_t>(programs.size());
    const auto pitches = pitchCounts(piece);
    const auto classes = classCounts(pitches);
    metrics.pitchRange = rangeOf(pitches);
    const bool drumsAlone = metrics.notes > 0 && std::ranges::count(pitches, 0) == 128;
    if (drumsAlone && convention == Convention::MusPy) metrics.pitchRange = -127;
    metrics.pitchEntropy = entropy(pitches);
    metrics.pitchClassEntropy = entropy(classes);
    metrics.scaleConsistency = scaleConsistencyOf(classes);
    const auto length = lastEnd(piece);
    metrics.emptyBeatRatio = emptyBeatRatioOf(piece, length);
    metrics.grooveConsistency = grooveConsistencyOf(piece, length);
    const auto sounding = soundingOf(piece);
    metrics.polyphony = ratio(sounding.pitches, sounding.any);
    metrics.polyphonyRate = ratio(sounding.many, length);
    return metrics;
}

std::span<const Metric> metricTable() {
    using M = const PieceMetrics&;
    static constexpr std::array kTable{
        Metric{"n_beats", true, true, [](M m) { return real(m.beats); }},
        Metric{"n_tracks", true, true, [](M m) { return real(m.tracks); }},
        Metric{"n_notes", true, true, [](M m) { return real(m.notes); }},
        Metric{"n_instruments", true, false, [](M m) { return real(m.instruments); }},
        Metric{"pitch_range", true, false, [](M m) { return real(m.pitchRange); }},
        Metric{"pitch_entropy", false, false, [](M m) { return m.pitchEntropy; }},
        Metric{"scale_consistency", false, false, [](M m) { return m.scaleConsistency; }},
        Metric{"empty_beat_ratio", false, false, [](M m) { return m.emptyBeatRatio; }},
        Metric{"avg_concurrent_pitches", false, false, [](M m) { return m.polyphony; }},
        Metric{"pitch_class_entropy", false, false, [](M m) { return m.pitchClassEntropy; }},
        Metric{"groove_consistency", false, false, [](M m) { return m.grooveConsistency; }},
        Metric{"polyphony_rate", false, false, [](M m) { return m.polyphonyRate; }},
    };
    return kTable;
}

} // namespace continuo::analysis
