#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>

/// Lines and boxes that are crisp at any scale: hairlines are filled rectangles on device pixels, never strokes.
namespace continuo::ui {

/// The width of one device pixel, in the painter's units.
double hairline(const QPainter& painter);
/// `at` moved to the nearest edge of a device pixel.
double snapped(const QPainter& painter, double at);
QRectF snapped(const QPainter& painter, const QRectF& rect);

/// One device pixel thick, starting at the given coordinate.
void drawHorizontalHairline(QPainter& painter, double left, double right, double y, const QColor& colour);
void drawVerticalHairline(QPainter& painter, double x, double top, double bottom, const QColor& colour);
/// A hairline just inside `rect`.
void drawHairlineFrame(QPainter& painter, const QRectF& rect, const QColor& colour);

void fillRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill);
/// A one-pixel edge inside `rect`.
void strokeRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& edge, double width = 1);
/// The ring round whatever has the keyboard: 2 px in `focus`, touching `rect` from outside at `gap`.
void drawFocusRing(QPainter& painter, const QRectF& rect, double radius, double gap = 0);
/// 45-degree lines, 6 px apart, one pixel wide, over `rect`.
void drawHatch(QPainter& painter, const QRectF& rect, const QColor& colour, double period = 6);

} // namespace continuo::ui
