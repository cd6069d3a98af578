#include "engine/score/operations/track_order.h"

#include <algorithm>

namespace continuo::score {
namespace {

/// Track indices in their new order.
std::vector<std::size_t> orderAfter(const Score& score, const std::vector<TrackId>& moved,
                                    std::optional<TrackId> before) {
    const auto isMoved = [&](TrackId id) { return std::ranges::find(moved, id) != moved.end(); };
    std::vector<std::size_t> order, carried;
    for (std::size_t i = 0; i < score.tracks.size(); ++i) (isMoved(score.tracks[i].id) ? carried : order).push_back(i);
    auto place = order.end();
    if (before) {
        // A moved track cannot mark the place: the next one that stays does.
        auto from = std::ranges::find(score.tracks, *before, &Track::id);
        while (from != score.tracks.end() && isMoved(from->id)) ++from;
        place = std::ranges::find(order, static_cast<std::size_t>(from - score.tracks.begin()));
    }
    order.insert(place, carried.begin(), carried.end());
    return order;
}

/// The chunk of each track of `order`: those there are, ascending; as they are where they have to stay.
std::vector<int> chunksAfter(const Score& score, const std::vector<std::size_t>& order) {
    std::vector<int> sorted, kept;
    for (const auto index : order) kept.push_back(score.tracks[index].chunk);
    sorted = kept;
    std::ranges::sort(sorted);
    const bool shared = std::ranges::adjacent_find(sorted) != sorted.end();
    return score.source || score.format != 1 || shared ? kept : sorted;
}

} // namespace

ScoreEdit moveTracks(const Score& score, const std::vector<TrackId>& moved, std::optional<TrackId> before) {
    ScoreEdit edit;
    const auto order = orderAfter(score, moved, before);
    if (std::ranges::is_sorted(order)) return edit;
    const auto chunks = chunksAfter(score, order);
    const auto isMoved = [&](std::size_t index) {
        return std::ranges::find(moved, score.tracks[index].id) != moved.end();
    };
    for (auto index = score.tracks.size(); index-- > 0;)
        if (isMoved(index)) edit.lists.push_back({index, score.tracks[index], /*enters=*/false});
    for (std::size_t place = 0; place < order.size(); ++place) {
        auto header = score.tracks[order[place]].header();
        header.chunk = chunks[place];
        if (isMoved(order[place])) {
            edit.lists.push_back({place, score.tracks[order[place]], /*enters=*/true});
            static_cast<TrackHeader&>(edit.lists.back().track) = header;
        } else if (header != score.tracks[order[place]].header()) {
            edit.headers.push_back({score.tracks[order[place]].header(), header});
        }
    }
    return edit;
}

} // namespace continuo::score
