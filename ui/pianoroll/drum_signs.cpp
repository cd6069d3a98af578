#include "ui/pianoroll/drum_signs.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {
namespace {

using score::DrumSign;

/// In a field of 10 by 10 around the origin.
void drawAround(QPainter& painter, DrumSign sign, const QColor& ink) {
    switch (sign) {
    case DrumSign::Kick:
        painter.drawEllipse(QPointF(0, 0), 4, 4);
        painter.setBrush(ink);
        painter.drawEllipse(QPointF(0, 0), 1, 1);
        break;
    case DrumSign::Snare:
        painter.drawRoundedRect(QRectF(-4.5, -2.5, 9, 5), 1, 1);
        painter.drawLine(QPointF(-4.5, 0), QPointF(4.5, 0));
        break;
    case DrumSign::Rim:
        painter.drawLine(QPointF(-3, -3), QPointF(3, 3));
        painter.drawLine(QPointF(-3, 3), QPointF(3, -3));
        break;
    case DrumSign::Tom:
        painter.drawEllipse(QPointF(0, -1.5), 4, 1.8);
        painter.drawArc(QRectF(-4, 0.7, 8, 3.6), 180 * 16, 180 * 16);
        painter.drawLine(QPointF(-4, -1.5), QPointF(-4, 2.5));
        painter.drawLine(QPointF(4, -1.5), QPointF(4, 2.5));
        break;
    case DrumSign::Closed:
        painter.drawLine(QPointF(-4.5, -0.8), QPointF(4.5, -0.8));
        painter.drawLine(QPointF(-4.5, 1), QPointF(4.5, 1));
        break;
    case DrumSign::Open:
        painter.drawLine(QPointF(-4.5, -3), QPointF(4.5, -1));
        painter.drawLine(QPointF(-4.5, 2), QPointF(4.5, 2));
        break;
    case DrumSign::Cymbal:
        painter.drawLine(QPointF(-4.5, 0.5), QPointF(4.5, -2));
        painter.drawLine(QPointF(0, -0.8), QPointF(0, 4));
        break;
    case DrumSign::Bell:
        painter.drawPolygon(QPolygonF{QPointF(-3.5, 3), QPointF(0, -3.5), QPointF(3.5, 3)});
        break;
    case DrumSign::Hand:
        painter.drawPolygon(QPolygonF{QPointF(-3.5, 0), QPointF(0, -3.5), QPointF(3.5, 0), QPointF(0, 3.5)});
        break;
    }
}

} // namespace

void drawDrumSign(QPainter& painter, DrumSign sign, QPointF centre, const QColor& ink) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(centre);
    const double scale = theme().px(10) / 10.0;
    painter.scale(scale, scale);
    painter.setPen(QPen(ink, 1.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    drawAround(painter, sign, ink);
    painter.restore();
}

} // namespace continuo::ui
