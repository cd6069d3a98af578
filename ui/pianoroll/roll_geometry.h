#pragma once

#include "engine/score/tick.h"
#include "ui/pianoroll/row_map.h"

#include <cmath>

namespace continuo::ui {

/// Where ticks and pitches are on screen: a plain value in device-independent pixels. x 0 is the left edge of the view,
/// y 0 its top; the highest row is the topmost.
struct RollGeometry {
    static constexpr double kMinRow = 3, kMaxRow = 40;
    static constexpr double kMinPixelsPerTick = 1e-6, kMaxPixelsPerTick = 4;

    double pixelsPerTick = 0.08;
    double rowHeight = 14;
    double scrollX = 0; // from tick 0 to the left edge of the view
    double scrollY = 0; // from the top of the topmost row to the top of the view
    RowMap rows;        // which pitch each row shows

    double xOf(score::Tick at) const { return static_cast<double>(at.fromStart) * pixelsPerTick - scrollX; }
    double tickReal(double x) const { return (x + scrollX) / pixelsPerTick; }
    /// The tick that holds x; never before the start.
    score::Tick tickAt(double x) const;
    score::TickRange visibleTicks(double width) const;
    double ticksPerPixel() const { return 1 / pixelsPerTick; }

    /// The top of the row of `pitch`; of a hidden one, of the row nearest to it.
    double yOf(int pitch) const { return yOfRow(rows.rowOf(pitch)); }
    double yOfRow(int row) const { return (rows.rows() - 1 - row) * rowHeight - scrollY; }
    bool shows(int pitch) const { return rows.shows(pitch); }
    /// The row that holds y, from the bottom; goes on beyond the ends.
    int rowAt(double y) const { return rows.rows() - 1 - static_cast<int>(std::floor((y + scrollY) / rowHeight)); }
    bool hasRow(int row) const { return row >= 0 && row < rows.rows(); }
    /// The pitch whose row holds y; beyond the ends, of the last row.
    int pitchAt(double y) const { return rows.pitchOf(rowAt(y)); }
    double contentHeight() const { return rows.rows() * rowHeight; }

    /// The same view, stretched so that the tick (the row) under the given point stays under it.
    RollGeometry timeZoomedAt(double x, double factor) const;
    RollGeometry pitchZoomedAt(double y, double factor) const;
    /// Moved until it shows nothing before the start, beyond `lastTick` or outside the rows.
    RollGeometry keptInside(double width, double height, score::Tick lastTick) const;

    friend bool operator==(const RollGeometry&, const RollGeometry&) = default;
};

/// The same in whole device pixels. All positions are rounded alike, whatever the scroll, so that nothing trembles.
class DeviceGrid {
public:
    DeviceGrid(const RollGeometry& geometry, double devicePixelRatio)
        : geometry_(geometry), ratio_(devicePixelRatio), left_(std::llround(geometry.scrollX * ratio_)),
          top_(std::llround(geometry.scrollY * ratio_)) {}

    int x(score::Tick at) const {
        const auto pixel = std::llround(static_cast<double>(at.fromStart) * geometry_.pixelsPerTick * ratio_) - left_;
        return static_cast<int>(pixel < -kFar ? -kFar : pixel > kFar ? kFar : pixel);
    }
    /// The top of a pitch's row, of a row, and how high it is.
    int y(int pitch) const { return yOfRow(geometry_.rows.rowOf(pitch)); }
    int yOfRow(int row) const {
        return static_cast<int>(std::llround((geometry_.rows.rows() - 1 - row) * geometry_.rowHeight * ratio_) - top_);
    }
    int height(int pitch) const { return heightOfRow(geometry_.rows.rowOf(pitch)); }
    int heightOfRow(int row) const { return yOfRow(row - 1) - yOfRow(row); }
    int contentBottom() const { return yOfRow(-1); }
    double ratio() const { return ratio_; }
    const RollGeometry& geometry() const { return geometry_; }

private:
    static constexpr long long kFar = 1 << 24;
    RollGeometry geometry_;
    double ratio_;
    long long left_;
    long long top_;
};

} // namespace continuo::ui
