#include "engine/score/operations/curves.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::score {

double Figure::valueAt(Tick at) const {
    if (kind == Kind::Sine) {
        const double waves =
            static_cast<double>((at - start).count) / static_cast<double>(std::max<std::int64_t>(1, period.count));
        return from + (to - from) * std::sin(2 * std::numbers::pi * waves);
    }
    const auto length = (end - start).count;
    const double part =
        length <= 0 ? 1 : std::clamp(static_cast<double>((at - start).count) / static_cast<double>(length), 0.0, 1.0);
    switch (kind) {
    case Kind::Step:
        return part < 1 ? from : to;
    case Kind::Parabola:
        return from + (to - from) * (part + std::clamp(bow, -1.0, 1.0) * part * (part - 1));
    case Kind::Smooth:
        return from + (to - from) * part * part * (3 - 2 * part);
    default:
        return from + (to - from) * part;
    }
}

std::vector<ControlPoint> sampled(const Figure& figure, ValueBounds bounds, Ticks every) {
    const Ticks step{std::max<std::int64_t>(1, every.count)};
    std::vector<ControlPoint> points{{figure.start, bounds.bounded(figure.valueAt(figure.start))}};
    const auto add = [&](Tick at) {
        const int value = bounds.bounded(figure.valueAt(at));
        if (value != points.back().value) points.push_back({at, value});
    };
    if (figure.kind != Figure::Kind::Step)
        for (auto at = figure.start + step; at < figure.end; at = at + step) add(at);
    if (figure.start < figure.end) add(figure.end);
    return points;
}

void BrushPath::put(std::int64_t index, double value) {
    if (cells_.empty() || cells_.back().index < index) return cells_.push_back({index, value});
    if (index < cells_.front().index) {
        cells_.insert(cells_.begin(), {index, value});
        return;
    }
    cells_[static_cast<std::size_t>(index - cells_.front().index)].value = value;
}

void BrushPath::add(Tick at, double value) {
    at = std::max(at, Tick{0});
    const auto cell = at.fromStart / every_;
    if (cells_.empty()) {
        put(cell, value);
    } else {
        const auto from = lastAt_.fromStart / every_;
        const auto count = std::abs(cell - from), direction = std::int64_t{cell < from ? -1 : 1};
        for (std::int64_t i = 1; i <= count; ++i)
            put(from + i * direction,
                lastValue_ + (value - lastValue_) * static_cast<double>(i) / static_cast<double>(count));
        if (count == 0) put(cell, value);
    }
    lastAt_ = at;
    lastValue_ = value;
}

TickRange BrushPath::range() const {
    if (cells_.empty()) return {};
    return {{cells_.front().index * every_}, {(cells_.back().index + 1) * every_}};
}

std::vector<ControlPoint> BrushPath::points(ValueBounds bounds) const {
    std::vector<ControlPoint> points;
    for (const auto& cell : cells_) {
        const int value = bounds.bounded(cell.value);
        if (points.empty() || points.back().value != value) points.push_back({{cell.index * every_}, value});
    }
    return points;
}

} // namespace continuo::score
