#include "ui/pianoroll/magnets.h"

#include "engine/score/note_id_set.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace continuo::ui {
namespace {

constexpr double kReach = 6; // px

/// Keeps the nearest of the times it is shown.
class Nearest {
public:
    Nearest(score::Tick at, score::Ticks reach) : at_(at), distance_(reach.count) {}

    void offer(score::Tick candidate) {
        const auto distance = std::abs((candidate - at_).count);
        if (distance > distance_) return;
        distance_ = distance;
        best_ = candidate;
    }
    std::optional<score::Tick> best() const { return best_; }

private:
    score::Tick at_;
    std::int64_t distance_;
    std::optional<score::Tick> best_;
};

} // namespace

std::optional<score::Tick> magnetNear(RollState& state, score::Tick at, const std::vector<score::NoteId>& dragged) {
    const score::Ticks reach{std::llround(kReach / state.geometry().pixelsPerTick)};
    Nearest nearest(at, reach);
    const auto& document = state.document();
    nearest.offer(state.playhead());
    nearest.offer(document.insertCursor());
    if (const auto& loop = document.mix().loop) nearest.offer(loop->start), nearest.offer(loop->end);
    for (const auto& marker : document.score().markers) nearest.offer(marker.at);
    const score::TickRange around{at - reach - score::Ticks{1}, at + reach + score::Ticks{1}};
    const score::NoteIdSet moving(dragged);
    auto tracks = state.editableTracks();
    if (state.options().snapToGhosts) std::ranges::copy(state.ghostTracks(), std::back_inserter(tracks));
    for (const auto* track : tracks)
        state.indexes().indexOf(*track).forEachTouching(track->notes, around, [&](std::size_t i) {
            const auto& note = track->notes[i];
            if (moving.contains(note.id)) return;
            nearest.offer(note.onset);
            nearest.offer(note.end());
        });
    return nearest.best();
}

} // namespace continuo::ui
