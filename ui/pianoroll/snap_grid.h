#pragma once

#include "engine/score/meter_map.h"

#include <QString>
#include <vector>

namespace continuo::ui {

/// The grid that drags snap to and that the roll shows. Counted from the start of each bar.
struct SnapGrid {
    enum class Mode { Fixed, Adaptive };

    Mode mode = Mode::Fixed;
    int denominator = 16; // of a whole note: 1, 2, 4, … 64
    bool triplet = false; // two thirds of that
    bool on = true;       // off: the lines stay, drags are free

    /// The step at `at`, at least one tick; adaptive: the finest note value that is at least 14 pixels wide.
    score::Ticks stepAt(score::Tick at, const score::MeterMap& meters, score::Division division,
                        double pixelsPerTick) const;
    /// "1/16", "1/8 triplet", "Adaptive"
    QString name() const;
    SnapGrid finer() const;
    SnapGrid coarser() const;

    friend bool operator==(const SnapGrid&, const SnapGrid&) = default;
};

/// The grid of one document at one zoom, ready to be asked.
class Snapper {
public:
    Snapper(SnapGrid grid, const score::MeterMap& meters, score::Division division, double pixelsPerTick)
        : grid_(grid), meters_(meters), division_(division), pixelsPerTick_(pixelsPerTick) {}

    score::Ticks step(score::Tick at) const { return grid_.stepAt(at, meters_, division_, pixelsPerTick_); }
    score::Tick floor(score::Tick at) const;
    score::Tick nearest(score::Tick at) const;
    /// The next line after `at` and the last one before it.
    score::Tick after(score::Tick at) const;
    score::Tick before(score::Tick at) const;
    /// A distance as a whole number of steps, so that what is dragged keeps its offset from the grid.
    score::Ticks wholeSteps(score::Ticks distance, score::Tick at) const;
    bool isOn() const { return grid_.on; }
    const score::MeterMap& meters() const { return meters_; }

private:
    SnapGrid grid_;
    const score::MeterMap& meters_;
    score::Division division_;
    double pixelsPerTick_;
};

enum class LineStrength { Bar, Beat, Division };

struct GridLine {
    score::Tick at;
    LineStrength strength = LineStrength::Bar;
    std::int64_t bar = 0; // from 0
    int beat = 0;         // from 0
};

/// The lines to draw in `range`; a level whose lines would be closer than 8 pixels is left out, bars thin out by powers
/// of two.
std::vector<GridLine> gridLines(score::TickRange range, const Snapper& snapper, double pixelsPerTick);

} // namespace continuo::ui
