#pragma once

#include <QRectF>

class QPainter;

namespace continuo::ui {

/// How far the shadow of a popover reaches, in tokens' pixels: what the widget under it must leave round its box.
inline constexpr int kShadowReach = 16;

/// Nothing in themes without a shadow.
void drawPopoverShadow(QPainter& painter, const QRectF& box, double radius);

} // namespace continuo::ui
