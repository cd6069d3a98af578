#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/ruler.h"

#include "engine/base/text.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <array>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kBeatLabelFrom = 26; // px between beats
constexpr double kBarLabelFrom = 30;
constexpr double kTickLabelFrom = 64; // px between divisions
constexpr double kTimeLabelFrom = 64;
constexpr std::array kTimeSteps{0.01, 0.02, 0.05, 0.1,  0.2,   0.5,   1.0,   2.0,    5.0,
                                10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0};

/// "1:05", "0:03.2", "0:03.25"
QString timeText(double seconds, double step) {
    const auto minutes = static_cast<long long>(seconds / 60 + 1e-9);
    const int decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    const auto rest = base::formatFixed(std::max(0.0, seconds - static_cast<double>(minutes) * 60), decimals);
    const auto text = QString::fromStdString(rest);
    return QStringLiteral("%1:%2").arg(minutes).arg(text.indexOf('.') == 1 || text.size() == 1 ? "0" + text : text);
}

} // namespace

void Ruler::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.panel);
    painter.setClipRect(QRect(gutter_, 0, width() - gutter_, height()));
    if (unit_ == RulerUnit::Time)
        paintTimes(painter, 0, height());
    else
        paintBars(painter);
    if (unit_ == RulerUnit::Both) {
        drawHorizontalHairline(painter, 0, width(), barsHeight(), theme().line.weak);
        paintTimes(painter, barsHeight(), height());
    }
    paintLoop(painter);
    paintMeasure(painter);
    paintHead(painter);
    painter.setClipping(false);
    drawHorizontalHairline(painter, 0, width(), height() - hairline(painter), theme().line.weak);
}

void Ruler::paintBars(QPainter& painter) {
    const int bottom = theme().height.rulerBars;
    const double beatWidth =
        static_cast<double>(state_.document().meterMap().beatLengthAt(state_.geometry().tickAt(0)).count) *
        state_.geometry().pixelsPerTick;
    const double stepWidth =
        static_cast<double>(state_.snapper().step(state_.geometry().tickAt(0)).count) * state_.geometry().pixelsPerTick;
    double labelledTo = -kBarLabelFrom;
    for (const auto& line :
         gridLines(state_.geometry().visibleTicks(width()), state_.snapper(), state_.geometry().pixelsPerTick)) {
        const double x = toX(line.at);
        if (line.strength == LineStrength::Bar) {
            drawVerticalHairline(painter, x, 11, bottom, theme().roll.lineBar);
            if (x < labelledTo + kBarLabelFrom) continue;
            labelledTo = x;
            painter.setFont(textFont(TextSize::Caption, Weight::Medium));
            painter.setPen(theme().text.primary);
            painter.drawText(QPointF(x + 5, bottom - 4), QString::number(line.bar + 1));
        } else if (line.strength == LineStrength::Beat) {
            drawVerticalHairline(painter, x, bottom - 5, bottom, theme().line.strong);
            if (beatWidth < kBeatLabelFrom) continue;
            painter.setFont(textFont(TextSize::Micro));
            painter.setPen(theme().text.disabled);
            painter.drawText(QPointF(x + 4, bottom - 4), QStringLiteral(".%1").arg(line.beat + 1));
        } else if (stepWidth >= kTickLabelFrom) {
            const auto position = state_.document().meterMap().positionAt(line.at);
            drawVerticalHairline(painter, x, bottom - 3, bottom, theme().line.strong);
            painter.setFont(textFont(TextSize::Micro));
            painter.setPen(theme().text.disabled);
            painter.drawText(
                QPointF(x + 4, bottom - 4),
                QStringLiteral(".%1.%2").arg(position.beat + 1).arg(position.tick.count, 3, 10, QChar('0')));
        }
    }
}

void Ruler::paintLoop(QPainter& painter) {
    const auto& loop = state_.document().mix().loop;
    const auto& shown = loop ? loop : lastLoop_;
    if (!shown) return;
    const auto& colour = loop ? theme().loop.on : theme().loop.off;
    const double left = snapped(painter, toX(shown->start)), right = snapped(painter, toX(shown->end));
    fillRounded(painter, {left, 2, right - left, 5}, 1.5, colour);
    painter.fillRect(QRectF(left, 2, 2, 9), colour);
    painter.fillRect(QRectF(right - 2, 2, 2, 9), colour);
}

void Ruler::paintTimes(QPainter& painter, double top, double bottom) {
    const auto& tempo = state_.document().tempoMap();
    const auto seen = state_.geometry().visibleTicks(width() - gutter_);
    const double from = tempo.secondsAt(std::max(seen.start, score::Tick{0})), to = tempo.secondsAt(seen.end);
    const double pixelsPerSecond = (width() - gutter_) / std::max(1e-6, to - from);
    double step = kTimeSteps.back();
    for (auto each = kTimeSteps.rbegin(); each != kTimeSteps.rend() && *each * pixelsPerSecond >= kTimeLabelFrom;
         ++each)
        step = *each;
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(theme().text.secondary);
    for (auto k = static_cast<long long>(from / step); static_cast<double>(k) * step <= to; ++k) {
        const double seconds = static_cast<double>(k) * step;
        const double x = toX(tempo.tickAt(seconds));
        drawVerticalHairline(painter, x, bottom - 6, bottom, theme().line.strong);
        painter.drawText(QRectF(x + 4, top, kTimeLabelFrom, bottom - top), Qt::AlignLeft | Qt::AlignBottom,
                         timeText(seconds, step));
    }
}

/// From where to where, with its ends, while it is measured.
void Ruler::paintMeasure(QPainter& painter) {
    if (measured_.isEmpty()) return;
    const double left = snapped(painter, toX(measured_.start)), right = snapped(painter, toX(measured_.end));
    painter.fillRect(QRectF(left, 0, right - left, height()), withOpacity(theme().accent.base, 0.25));
    drawVerticalHairline(painter, left, 0, height(), theme().accent.base);
    drawVerticalHairline(painter, right, 0, height(), theme().accent.base);
}

void Ruler::paintHead(QPainter& painter) {
    const double x = snapped(painter, toX(state_.playhead()));
    drawPlayhead(painter, x, 12, height());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().playhead);
    const double middle = x + 0.5;
    painter.drawPolygon(QPolygonF({{middle - 6, 10.5}, {middle + 6, 10.5}, {middle, 18.5}}));
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace continuo::ui
