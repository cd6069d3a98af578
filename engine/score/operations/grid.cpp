#include "engine/score/operations/grid.h"

#include <algorithm>
#include <cmath>

namespace continuo::score {

int plainCountOf(int count) {
    if (count == 2) return 3;
    int plain = 1;
    while (plain * 2 <= count) plain *= 2;
    return plain == count && count > 2 ? count / 4 * 3 : plain;
}

Grid Grid::tupletOf(int denominator, int count) {
    return {.denominator = denominator, .tuplet = std::max(1, count), .inPlaceOf = plainCountOf(count)};
}

double Grid::stepTicks(Division division) const {
    const auto whole = static_cast<double>(division.quarter()) * 4;
    const double plain = whole / std::max(1, denominator) * (dotted ? 1.5 : 1.0);
    return std::max(1.0, plain * std::max(1, inPlaceOf) / std::max(1, tuplet));
}

GridLines::GridLines(const Grid& grid, const MeterMap& meters, Division division)
    : grid_(grid), meters_(meters), step_(grid.stepTicks(division)) {
    grid_.swing = std::clamp(grid_.swing, 0.25, 0.9);
}

GridLines::Bar GridLines::barOf(Tick at) const {
    const auto group = std::max(1, grid_.bars);
    const auto first = meters_.positionAt(std::max(at, Tick{0})).bar / group * group;
    return {first, meters_.barStart(first), meters_.barStart(first + group)};
}

/// Lines past the end of the bar fall together there.
Tick GridLines::lineIn(const Bar& bar, std::int64_t step) const {
    if (grid_.bars > 0) return step <= 0 ? bar.start : bar.end;
    const bool second = step % 2 != 0;
    const double steps = second ? static_cast<double>(step - 1) + 2 * grid_.swing : static_cast<double>(step);
    return std::min(bar.end, bar.start + Ticks{std::llround(steps * step_)});
}

GridLines::Line GridLines::floor(Tick at) const {
    const auto bar = barOf(at);
    auto step = grid_.bars > 0 ? std::int64_t{0}
                               : static_cast<std::int64_t>(static_cast<double>((at - bar.start).count) / step_) + 2;
    while (step > 0 && at < lineIn(bar, step)) --step;
    return {lineIn(bar, step), bar.index, step};
}

GridLines::Line GridLines::next(Tick at) const {
    const auto line = floor(at);
    const auto bar = barOf(at);
    const auto after = lineIn(bar, line.step + 1);
    if (after < bar.end) return {after, bar.index, line.step + 1};
    return {bar.end, bar.index + std::max(1, grid_.bars), 0};
}

GridLines::Line GridLines::nearest(Tick at) const {
    const auto before = floor(at);
    const auto after = next(at);
    return (after.at - at).count <= (at - before.at).count ? after : before;
}

} // namespace continuo::score
