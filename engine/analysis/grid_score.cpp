#include "engine/analysis/grid_score.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace continuo::analysis {
namespace {

/// MusPy multiplies by a floating factor and rounds half to even; its rounding errors are part of the measure.
std::int64_t toGrid(score::Tick at, std::int64_t quarter) {
    const double factor = static_cast<double>(kGrid) / static_cast<double>(quarter);
    return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(at.fromStart) * factor));
}

/// Program changes of a track, to be asked at any tick.
class Programs {
public:
    explicit Programs(const score::Track& track) {
        for (const auto& event : track.events)
            if (event.kind == score::ChannelEventKind::Program) changes_.emplace_back(event.at, event.first);
    }
    int at(score::Tick tick) const {
        const auto later = std::ranges::upper_bound(changes_, tick, {}, &std::pair<score::Tick, int>::first);
        return later == changes_.begin() ? 0 : std::prev(later)->second;
    }

    int last() const { return changes_.empty() ? 0 : changes_.back().second; }

private:
    std::vector<std::pair<score::Tick, int>> changes_;
};

class Collector {
public:
    explicit Collector(std::int64_t quarter) : quarter_(quarter) {}

    void add(const score::Track& track) {
        const Programs programs(track);
        for (const auto& event : track.events)
            if (event.kind == score::ChannelEventKind::Controller)
                reach(trackFor(track, programs.at(event.at)), toGrid(event.at, quarter_));
        for (const auto& note : track.notes) {
            auto& target = trackFor(track, programs.at(note.end()));
            target.notes.push_back({toGrid(note.onset, quarter_), toGrid(note.end(), quarter_), note.pitch});
            reach(target, target.notes.back().end);
        }
        if (!track.notes.empty()) trackFor(track, programs.last()); // see readOnGrid
    }
    template <typename Event>
    void add(const std::vector<Event>& events) {
        for (const auto& event : events) piece_.end = std::max(piece_.end, toGrid(event.at, quarter_));
    }
    GridScore take() { return std::move(piece_); }

private:
    GridTrack& trackFor(const score::Track& track, int program) {
        const auto [place, isNew] = places_.try_emplace({track.chunk, track.channel, program}, piece_.tracks.size());
        if (isNew) piece_.tracks.push_back({.program = program, .drums = track.drums});
        return piece_.tracks[place->second];
    }
    void reach(GridTrack& track, std::int64_t at) {
        track.end = std::max(track.end, at);
        piece_.end = std::max(piece_.end, at);
    }

    std::int64_t quarter_;
    std::map<std::tuple<int, int, int>, std::size_t> places_; // chunk, channel, program
    GridScore piece_;
};

} // namespace

GridScore onGrid(const score::Score& score) {
    Collector collector(score.division.quarter());
    for (const auto& track : score.tracks) collector.add(track);
    collector.add(score.tempos);
    collector.add(score.keys);
    collector.add(score.meters);
    return collector.take();
}

GridScore firstBeats(GridScore piece, std::int64_t beats) {
    const auto end = beats * kGrid;
    piece.end = 0;
    for (auto& track : piece.tracks) {
        std::erase_if(track.notes, [&](const auto& note) { return note.onset >= end; });
        track.end = 0;
        for (auto& note : track.notes) {
            note.end = std::min(note.end, end);
            track.end = std::max(track.end, note.end);
        }
        piece.end = std::max(piece.end, track.end);
    }
    return piece;
}

} // namespace continuo::analysis
