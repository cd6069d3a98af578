#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/ruler.h"

#include "engine/base/text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <cmath>
#include <map>

namespace continuo::ui {
namespace {

constexpr double kBeatLabelFrom = 26; // px between beats
constexpr double kBarLabelFrom = 30;
constexpr int kFullNameFrom = 70;         // px of gutter
constexpr double kTempoTolerance = 0.005; // microseconds a beat are whole numbers, beats a minute then are not quite

/// What changes at one time, as one flag.
std::map<score::Tick, QStringList> flagsOf(const score::Score& score) {
    std::map<score::Tick, QStringList> flags;
    for (const auto& key : score.keys) flags[key.at] << QString::fromStdString(score::keyName(key));
    for (const auto& meter : score.meters)
        flags[meter.at] << QStringLiteral("%1/%2").arg(meter.numerator).arg(meter.denominator());
    for (const auto& tempo : score.tempos) {
        const bool whole = std::abs(tempo.bpm() - std::round(tempo.bpm())) < kTempoTolerance;
        flags[tempo.at] << QString::fromStdString(base::formatFixed(tempo.bpm(), whole ? 0 : 1));
    }
    return flags;
}

} // namespace

void Ruler::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.panel);
    painter.setClipRect(QRect(gutter_, 0, width() - gutter_, height()));
    paintBars(painter);
    paintLoop(painter);
    paintEvents(painter);
    paintHead(painter);
    painter.setClipping(false);
    const int top = theme().height.rulerBars;
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(theme().text.secondary);
    painter.drawText(QRect(0, top, gutter_ - theme().px(10), height() - top), Qt::AlignRight | Qt::AlignVCenter,
                     gutter_ < kFullNameFrom ? tr("Key") : tr("Key, tempo"));
    drawHorizontalHairline(painter, 0, width(), top, theme().line.weak);
    drawHorizontalHairline(painter, 0, width(), height() - hairline(painter), theme().line.weak);
}

void Ruler::paintBars(QPainter& painter) {
    const int bottom = theme().height.rulerBars;
    const double beatWidth =
        static_cast<double>(state_.document().meterMap().beatLengthAt(state_.geometry().tickAt(0)).count) *
        state_.geometry().pixelsPerTick;
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

void Ruler::paintEvents(QPainter& painter) {
    const double top = theme().height.rulerBars, middle = (top + height()) / 2.0;
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(theme().text.secondary);
    const QFontMetricsF metrics(painter.font());
    const auto flags = flagsOf(state_.document().score());
    double freeFrom = gutter_;
    for (auto flag = flags.begin(); flag != flags.end(); ++flag) {
        const double x = toX(flag->first);
        const auto text = flag->second.join(QStringLiteral(", "));
        const auto next = std::next(flag);
        const bool inForceAtLeft = x < gutter_ && (next == flags.end() || toX(next->first) > gutter_);
        if (x > width()) break;
        if (x < gutter_ && !inForceAtLeft) continue;
        const double at = std::max<double>(gutter_, x);
        painter.fillRect(QRectF(snapped(painter, at), top + 3, hairline(painter), height() - top - 3),
                         theme().line.strong);
        if (at < freeFrom) continue;
        painter.drawText(QPointF(at + 6, middle + metrics.capHeight() / 2), text);
        freeFrom = at + 12 + metrics.horizontalAdvance(text);
    }
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
