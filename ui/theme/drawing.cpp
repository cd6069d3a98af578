#include "ui/theme/drawing.h"

#include "ui/theme/theme.h"

#include <QPaintDevice>
#include <cmath>

namespace continuo::ui {

namespace {

double pixels(const QPainter& painter) { return painter.device()->devicePixelRatioF(); }

} // namespace

double hairline(const QPainter& painter) { return 1 / pixels(painter); }

double snapped(const QPainter& painter, double at) { return std::round(at * pixels(painter)) / pixels(painter); }

QRectF snapped(const QPainter& painter, const QRectF& rect) {
    return {QPointF(snapped(painter, rect.left()), snapped(painter, rect.top())),
            QPointF(snapped(painter, rect.right()), snapped(painter, rect.bottom()))};
}

void drawHorizontalHairline(QPainter& painter, double left, double right, double y, const QColor& colour) {
    painter.fillRect(QRectF(left, snapped(painter, y), right - left, hairline(painter)), colour);
}

void drawVerticalHairline(QPainter& painter, double x, double top, double bottom, const QColor& colour) {
    painter.fillRect(QRectF(snapped(painter, x), top, hairline(painter), bottom - top), colour);
}

void drawHairlineFrame(QPainter& painter, const QRectF& rect, const QColor& colour) {
    const double one = hairline(painter);
    drawHorizontalHairline(painter, rect.left(), rect.right(), rect.top(), colour);
    drawHorizontalHairline(painter, rect.left(), rect.right(), rect.bottom() - one, colour);
    drawVerticalHairline(painter, rect.left(), rect.top(), rect.bottom(), colour);
    drawVerticalHairline(painter, rect.right() - one, rect.top(), rect.bottom(), colour);
}

void fillRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& fill) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawRoundedRect(rect, radius, radius);
    painter.restore();
}

void strokeRounded(QPainter& painter, const QRectF& rect, double radius, const QColor& edge, double width) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(edge, width));
    const double half = width / 2;
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    painter.restore();
}

void drawFocusRing(QPainter& painter, const QRectF& rect, double radius, double gap) {
    const double out = gap + theme().stroke.focus;
    strokeRounded(painter, rect.adjusted(-out, -out, out, out), radius + out, theme().focus, theme().stroke.focus);
}

void drawHatch(QPainter& painter, const QRectF& rect, const QColor& colour, double period) {
    painter.save();
    painter.setClipRect(rect, Qt::IntersectClip);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1));
    for (double x = rect.left() - rect.height(); x < rect.right(); x += period)
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()));
    painter.restore();
}

} // namespace continuo::ui
