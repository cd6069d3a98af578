#pragma once

#include "engine/score/tick.h"

#include <cmath>

namespace continuo::ui {

/// Where ticks and pitches are on screen: a plain value in device-independent pixels. x 0 is the left edge of the view,
/// y 0 its top; the highest pitch is the topmost row.
struct RollGeometry {
    static constexpr int kRows = 128;
    static constexpr double kMinRow = 3, kMaxRow = 40;
    static constexpr double kMinPixelsPerTick = 1e-6, kMaxPixelsPerTick = 4;

    double pixelsPerTick = 0.08;
    double rowHeight = 14;
    double scrollX = 0; // from tick 0 to the left edge of the view
    double scrollY = 0; // from the top of pitch 127 to the top of the view

    double xOf(score::Tick at) const { return static_cast<double>(at.fromStart) * pixelsPerTick - scrollX; }
    double tickReal(double x) const { return (x + scrollX) / pixelsPerTick; }
    /// The tick that holds x; never before the start.
    score::Tick tickAt(double x) const;
    score::TickRange visibleTicks(double width) const;
    double ticksPerPixel() const { return 1 / pixelsPerTick; }

    /// The top of the row of `pitch`.
    double yOf(int pitch) const { return (kRows - 1 - pitch) * rowHeight - scrollY; }
    /// The pitch whose row holds y, kept in 0..127.
    int pitchAt(double y) const;
    /// As pitchAt, but going on beyond the ends: for distances between rows.
    int rowAt(double y) const { return kRows - 1 - static_cast<int>(std::floor((y + scrollY) / rowHeight)); }
    double contentHeight() const { return kRows * rowHeight; }

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
    int y(int pitch) const {
        return static_cast<int>(std::llround((RollGeometry::kRows - 1 - pitch) * geometry_.rowHeight * ratio_) - top_);
    }
    int height(int pitch) const { return y(pitch - 1) - y(pitch); }
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
