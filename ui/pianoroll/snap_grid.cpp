#include "ui/pianoroll/snap_grid.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr double kAdaptivePixels = 14;
constexpr double kLineDistance = 8;
constexpr int kCoarsest = 1, kFinest = 64;

score::Ticks stepOf(std::int64_t quarter, int denominator, bool triplet) {
    const auto whole = quarter * 4;
    return {std::max<std::int64_t>(1, triplet ? whole * 2 / (denominator * 3) : whole / denominator)};
}

} // namespace

score::Ticks SnapGrid::stepAt(score::Tick at, const score::MeterMap& meters, score::Division division,
                              double pixelsPerTick) const {
    const auto quarter = division.quarter();
    if (mode == Mode::Fixed) return stepOf(quarter, denominator, triplet);
    for (int value = kFinest; value >= 4; value /= 2) {
        const auto step = stepOf(quarter, value, triplet);
        if (static_cast<double>(step.count) * pixelsPerTick >= kAdaptivePixels) return step;
    }
    return meters.barLengthAt(at);
}

QString SnapGrid::name() const {
    if (mode == Mode::Adaptive) return triplet ? QStringLiteral("Adaptive triplet") : QStringLiteral("Adaptive");
    return QStringLiteral("1/%1%2").arg(denominator).arg(triplet ? QStringLiteral(" triplet") : QString());
}

SnapGrid SnapGrid::finer() const {
    auto grid = *this;
    grid.mode = Mode::Fixed;
    grid.denominator = std::min(kFinest, denominator * 2);
    return grid;
}

SnapGrid SnapGrid::coarser() const {
    auto grid = *this;
    grid.mode = Mode::Fixed;
    grid.denominator = std::max(kCoarsest, denominator / 2);
    return grid;
}

score::Tick Snapper::floor(score::Tick at) const {
    const auto bar = meters_.barAt(at);
    const auto unit = step(at).count;
    return bar + score::Ticks{(at - bar).count / unit * unit};
}

score::Tick Snapper::after(score::Tick at) const {
    const auto next = floor(at) + step(at);
    return std::min(next, meters_.barStart(meters_.positionAt(at).bar + 1));
}

score::Tick Snapper::before(score::Tick at) const {
    return at.fromStart <= 0 ? score::Tick{0} : floor(at - score::Ticks{1});
}

score::Tick Snapper::nearest(score::Tick at) const {
    const auto low = floor(at);
    const auto high = after(at);
    return (at - low).count * 2 < (high - low).count ? low : high;
}

score::Ticks Snapper::wholeSteps(score::Ticks distance, score::Tick at) const {
    const auto unit = step(at).count;
    const auto half = distance.count >= 0 ? unit / 2 : -(unit / 2);
    return {(distance.count + half) / unit * unit};
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
        if (every > 1) continue;
        const auto end = meters.barStart(bar + 1);
        const auto beat = meters.beatLengthAt(start);
        const auto step = snapper.step(start);
        const bool beats = wide(beat), divisions = wide(step) && step < beat;
        if (!beats) continue;
        for (auto at = start + (divisions ? step : beat); at < end; at = at + (divisions ? step : beat)) {
            const auto offset = (at - start).count;
            const bool onBeat = offset % beat.count == 0;
            lines.push_back(
                {at, onBeat ? LineStrength::Beat : LineStrength::Division, bar, static_cast<int>(offset / beat.count)});
        }
    }
    return lines;
}

} // namespace continuo::ui
