#include "ui/pianoroll/snap_grid.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kLineDistance = 8;
constexpr int kCoarsest = 1, kFinest = 128, kFinestAdaptive = 64, kCoarsestAdaptive = 4;

double pixelsOf(SnapGrid::Mode mode) {
    return mode == SnapGrid::Mode::Narrow ? 10 : mode == SnapGrid::Mode::Medium ? 14 : 32;
}

QString tupletName(const score::Grid& grid) {
    if (grid.dotted) return QStringLiteral(" dotted");
    switch (grid.tuplet) {
    case 1:
        return {};
    case 3:
        return QStringLiteral(" triplet");
    case 5:
        return QStringLiteral(" quintuplet");
    case 7:
        return QStringLiteral(" septuplet");
    default:
        return QStringLiteral(" %1-tuplet").arg(grid.tuplet);
    }
}

void addLinesInside(std::vector<GridLine>& lines, std::int64_t bar, const Snapper& snapper, bool divisions) {
    const auto start = snapper.meters().barStart(bar), end = snapper.meters().barStart(bar + 1);
    const auto beat = snapper.meters().beatLengthAt(start);
    const auto first = lines.size();
    const auto beatOf = [&](score::Tick at) { return static_cast<int>((at - start).count / beat.count); };
    for (auto at = start + beat; at < end; at = at + beat) lines.push_back({at, LineStrength::Beat, bar, beatOf(at)});
    if (!divisions) return;
    for (auto at = snapper.after(start); at < end; at = snapper.after(at))
        if ((at - start).count % beat.count != 0) lines.push_back({at, LineStrength::Division, bar, beatOf(at)});
    std::sort(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end(),
              [](const auto& a, const auto& b) { return a.at < b.at; });
}

} // namespace

score::Grid SnapGrid::gridAt(score::Division division, double pixelsPerTick) const {
    if (mode == Mode::Fixed) return grid;
    auto chosen = grid;
    chosen.bars = 0;
    chosen.dotted = false;
    for (chosen.denominator = kFinestAdaptive; chosen.denominator >= kCoarsestAdaptive; chosen.denominator /= 2)
        if (chosen.stepTicks(division) * pixelsPerTick >= pixelsOf(mode)) return chosen;
    return {.bars = 1};
}

QString SnapGrid::name() const {
    const auto tuplet = tupletName(grid);
    if (mode == Mode::Narrow) return QStringLiteral("Adaptive narrow") + tuplet;
    if (mode == Mode::Medium) return QStringLiteral("Adaptive") + tuplet;
    if (mode == Mode::Wide) return QStringLiteral("Adaptive wide") + tuplet;
    if (grid.bars > 0) return QStringLiteral("Bar");
    return QStringLiteral("1/%1%2").arg(grid.denominator).arg(tuplet);
}

SnapGrid SnapGrid::finer() const {
    auto finer = *this;
    finer.mode = Mode::Fixed;
    finer.grid.denominator = grid.bars > 0 ? kCoarsest : std::min(kFinest, grid.denominator * 2);
    finer.grid.bars = 0;
    return finer;
}

SnapGrid SnapGrid::coarser() const {
    auto coarser = *this;
    coarser.mode = Mode::Fixed;
    if (grid.denominator == kCoarsest) coarser.grid = {.bars = 1, .denominator = kCoarsest};
    coarser.grid.denominator = std::max(kCoarsest, grid.denominator / 2);
    return coarser;
}

SnapGrid SnapGrid::withTuplet(int count) const {
    auto changed = *this;
    const int wanted = grid.tuplet == count ? 1 : count;
    changed.grid.dotted = false;
    changed.grid.bars = 0;
    changed.grid.tuplet = wanted;
    changed.grid.inPlaceOf = score::plainCountOf(wanted);
    return changed;
}

score::Ticks Snapper::step(score::Tick at) const {
    if (bars_ > 0) return meters_.barLengthAt(at) * bars_;
    return {std::max<std::int64_t>(1, std::llround(lines_.stepTicks()))};
}

score::Tick Snapper::before(score::Tick at) const {
    return at.fromStart <= 0 ? score::Tick{0} : floor(at - score::Ticks{1});
}

score::Ticks Snapper::travel(score::Ticks distance, score::Tick from) const {
    if (!keepsOffset_) return nearest(from + distance) - from;
    const auto unit = bars_ > 0 ? static_cast<double>(step(from).count) : lines_.stepTicks();
    return {std::llround(std::round(static_cast<double>(distance.count) / unit) * unit)};
}

std::vector<GridLine> gridLines(score::TickRange range, const Snapper& snapper, double pixelsPerTick) {
    std::vector<GridLine> lines;
    const auto& meters = snapper.meters();
    const auto wide = [&](score::Ticks ticks) {
        return static_cast<double>(ticks.count) * pixelsPerTick >= kLineDistance;
    };
    std::int64_t every = 1;
    while (!wide(meters.barLengthAt(range.start) * every) && every < (std::int64_t{1} << 40)) every *= 2;
    for (auto bar = meters.positionAt(range.start).bar / every * every;; bar += every) {
        const auto start = meters.barStart(bar);
        if (!(start < range.end)) break;
        lines.push_back({start, LineStrength::Bar, bar, 0});
        const bool beats = every == 1 && wide(meters.beatLengthAt(start));
        if (beats) addLinesInside(lines, bar, snapper, wide(snapper.step(start)));
    }
    return lines;
}

} // namespace continuo::ui
