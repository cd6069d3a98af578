#include "ui/pianoroll/roll_geometry.h"

#include <algorithm>

namespace continuo::ui {

score::Tick RollGeometry::tickAt(double x) const {
    return {std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(tickReal(x))))};
}

score::TickRange RollGeometry::visibleTicks(double width) const {
    return {tickAt(0), score::Tick{static_cast<std::int64_t>(std::ceil(std::max(0.0, tickReal(width)))) + 1}};
}

RollGeometry RollGeometry::timeZoomedAt(double x, double factor) const {
    auto zoomed = *this;
    zoomed.pixelsPerTick = std::clamp(pixelsPerTick * factor, kMinPixelsPerTick, kMaxPixelsPerTick);
    zoomed.scrollX = (scrollX + x) * (zoomed.pixelsPerTick / pixelsPerTick) - x;
    return zoomed;
}

RollGeometry RollGeometry::pitchZoomedAt(double y, double factor) const {
    auto zoomed = *this;
    zoomed.rowHeight = std::clamp(rowHeight * factor, kMinRow, kMaxRow);
    zoomed.scrollY = (scrollY + y) * (zoomed.rowHeight / rowHeight) - y;
    return zoomed;
}

RollGeometry RollGeometry::keptInside(double width, double height, score::Tick lastTick) const {
    auto kept = *this;
    const double filling = rows.isFolded() ? kMinRow : height / rows.rows(); // few rows need not fill the view
    kept.rowHeight = std::clamp(rowHeight, std::min(kMaxRow, std::max(kMinRow, filling)), kMaxRow);
    const auto right = static_cast<double>(lastTick.fromStart) * pixelsPerTick;
    kept.scrollX = std::clamp(scrollX, 0.0, std::max(0.0, right - width));
    kept.scrollY = std::clamp(scrollY, 0.0, std::max(0.0, kept.contentHeight() - height));
    return kept;
}

} // namespace continuo::ui
