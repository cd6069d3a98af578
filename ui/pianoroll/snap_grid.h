#pragma once

#include "engine/score/operations/grid.h"

#include <QString>
#include <vector>

namespace continuo::ui {

/// The grid that drags snap to and that the roll shows. Counted from the start of each bar.
struct SnapGrid {
    /// Fixed: the value as it is. The others follow the zoom: the finest plain value that is so wide on screen.
    enum class Mode { Fixed, Narrow, Medium, Wide };

    Mode mode = Mode::Fixed;
    score::Grid grid;        // a mode that follows the zoom keeps tuplet and swing and chooses the value
    bool on = true;          // off: the lines stay, drags are free
    bool keepsOffset = true; // what is moved keeps its distance from the lines; else it goes to them
    bool magnets = true;     // ends of other notes, playhead and loop catch too

    /// What it is at one zoom; a whole bar where no value is wide enough.
    score::Grid gridAt(score::Division division, double pixelsPerTick) const;
    /// "1/16", "1/8 triplet", "1/4 dotted", "Bar", "Adaptive", "Adaptive wide triplet"
    QString name() const;
    SnapGrid finer() const;
    SnapGrid coarser() const;
    /// The same value as `count` in the time of the plain ones; 1: plain. Again: plain.
    SnapGrid withTuplet(int count) const;

    friend bool operator==(const SnapGrid&, const SnapGrid&) = default;
};

/// The grid of one document at one zoom, ready to be asked.
class Snapper {
public:
    Snapper(const SnapGrid& grid, const score::MeterMap& meters, score::Division division, double pixelsPerTick)
        : on_(grid.on), keepsOffset_(grid.keepsOffset), bars_(grid.gridAt(division, pixelsPerTick).bars),
          meters_(meters), lines_(grid.gridAt(division, pixelsPerTick), meters, division) {}

    /// From line to line, at least a tick; with swing, half of a pair.
    score::Ticks step(score::Tick at) const;
    score::Tick floor(score::Tick at) const { return lines_.floor(std::max(at, score::Tick{0})).at; }
    score::Tick nearest(score::Tick at) const { return lines_.nearest(std::max(at, score::Tick{0})).at; }
    /// The next line after `at` and the last one before it.
    score::Tick after(score::Tick at) const { return lines_.next(std::max(at, score::Tick{0})).at; }
    score::Tick before(score::Tick at) const;
    /// How far what starts at `from` goes when it is dragged by `distance`: by whole steps, or onto the lines.
    score::Ticks travel(score::Ticks distance, score::Tick from) const;
    bool isOn() const { return on_; }
    const score::MeterMap& meters() const { return meters_; }

private:
    bool on_, keepsOffset_;
    int bars_;
    const score::MeterMap& meters_;
    score::GridLines lines_;
};

enum class LineStrength { Bar, Beat, Division };

struct GridLine {
    score::Tick at;
    LineStrength strength = LineStrength::Bar;
    std::int64_t bar = 0; // from 0
    int beat = 0;         // from 0
};

/// The lines to draw in `range`, ascending; a level whose lines would be closer than 8 pixels is left out, bars thin
/// out by powers of two.
std::vector<GridLine> gridLines(score::TickRange range, const Snapper& snapper, double pixelsPerTick);

} // namespace continuo::ui
