#include "ui/transport/output_display.h"

#include "engine/base/text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/level_meter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr int kPeakHold = 20; // calls

QString decibels(float peak) {
    if (peak < 0.001F) return "silent";
    const double level = 20 * std::log10(static_cast<double>(peak));
    const auto digits = QString::fromStdString(base::formatFixed(std::abs(level), 1));
    return (level < 0 ? QString("−") : QString()) + digits + " dB";
}

} // namespace

OutputDisplay::OutputDisplay(QWidget* parent) : QWidget(parent), meter_(new LevelMeter("Output level", this)) {
    setAccessibleName("Output");
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void OutputDisplay::show(const sound::SoundEngine::State& state) {
    meter_->setLevels(state.peakLeft, state.peakRight);
    const float now = std::max(state.peakLeft, state.peakRight);
    const auto before = std::pair(peak_, voices_);
    if (now >= peak_ || ++held_ > kPeakHold) {
        peak_ = now;
        held_ = 0;
    }
    voices_ = state.voices;
    if (before != std::pair(peak_, voices_)) update();
}

QSize OutputDisplay::sizeHint() const { return {theme().px(14 + 112 + 16 + 52 + 4), theme().height.transportDisplay}; }

void OutputDisplay::resizeEvent(QResizeEvent*) {
    meter_->setGeometry(QRect(QPoint(theme().px(14), theme().px(9)), meter_->sizeHint()));
}

void OutputDisplay::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    fillRounded(painter, rect(), t.radius.panel, t.surface.panel);
    if (t.panelEdge != t.surface.panel) strokeRounded(painter, rect(), t.radius.panel, t.panelEdge);
    const double voices = t.px(14 + 112 + 16);
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(t.text.secondary);
    drawFigures(painter, QRectF(t.px(14), t.px(25), t.px(112), t.px(14)), Qt::AlignLeft, "Out " + decibels(peak_));
    painter.drawText(QRectF(voices, t.px(25), t.px(52), t.px(14)), Qt::AlignLeft | Qt::AlignVCenter, "Voices");
    painter.setFont(textFont(TextSize::Body, Weight::Medium));
    painter.setPen(t.text.primary);
    drawFigures(painter, QRectF(voices, t.px(5), t.px(52), t.px(17)), Qt::AlignLeft, QString::number(voices_));
}

} // namespace continuo::ui
