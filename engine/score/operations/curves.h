#pragma once

#include "engine/score/operations/control_line.h"

#include <span>

namespace continuo::score {

struct ControlPoint {
    Tick at;
    int value = 0;
    friend bool operator==(const ControlPoint&, const ControlPoint&) = default;
};

/// A figure drawn from one place to another: what lines, parabolas and waves write.
struct Figure {
    enum class Kind {
        Step,     // `from` up to the end, where `to` begins
        Line,     //
        Parabola, // bent by `bow`: 1 starts level, -1 ends level, 0 is a line
        Smooth,   // level at both ends
        Sine,     // around `from`, `to` its first crest, one wave each `period`
    };
    Kind kind = Kind::Line;
    Tick start, end; // start <= end
    double from = 0, to = 0;
    double bow = 1;
    Ticks period{960};

    double valueAt(Tick at) const;
};

/// The figure as steps: at its start, then at most one event each `every` ticks, those that change nothing left out,
/// and at its end. A line over the whole range of a controller becomes at most 128 events, however long it is.
std::vector<ControlPoint> sampled(const Figure& figure, ValueBounds bounds, Ticks every);

/// A path drawn by hand, walked from point to point at one value each `every` ticks; where it goes back over itself
/// the later part counts.
class BrushPath {
public:
    explicit BrushPath(Ticks every) : every_(std::max<std::int64_t>(1, every.count)) {}

    void add(Tick at, double value);
    bool isEmpty() const { return cells_.empty(); }
    /// What it covers, in whole cells.
    TickRange range() const;
    std::vector<ControlPoint> points(ValueBounds bounds) const;

private:
    struct Cell {
        std::int64_t index = 0;
        double value = 0;
    };
    void put(std::int64_t index, double value);

    std::int64_t every_;
    std::vector<Cell> cells_; // in order, without gaps
    Tick lastAt_;
    double lastValue_ = 0;
};

} // namespace continuo::score
