#include "ui/widgets/level_meter.h"

#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr double kFall = 0.02; // of the width, a call
constexpr int kHold = 60;      // calls

} // namespace

double meterPlace(float linear) {
    if (linear <= 0.001F) return 0;
    return std::clamp(1 + 20 * std::log10(static_cast<double>(linear)) / 60, 0.0, 1.05);
}

LevelMeter::LevelMeter(const QString& name, QWidget* parent) : QWidget(parent) {
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LevelMeter::follow(Channel& channel, float linear) {
    const double place = meterPlace(linear);
    channel.level = std::max(place, channel.level - kFall);
    if (place >= channel.peak || ++channel.held > kHold) {
        channel.peak = place;
        channel.held = 0;
    }
}

void LevelMeter::setLevels(float left, float right) {
    const auto before = std::pair(channels_[0].level + channels_[0].peak, channels_[1].level + channels_[1].peak);
    follow(channels_[0], left);
    follow(channels_[1], right);
    if (before != std::pair(channels_[0].level + channels_[0].peak, channels_[1].level + channels_[1].peak)) update();
}

QSize LevelMeter::sizeHint() const { return {theme().px(112), theme().px(10)}; }

void LevelMeter::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double thick = t.px(4), hot = 0.9 * width(); // -6 dB
    for (int i = 0; i < 2; ++i) {
        const double y = i * t.px(6), level = std::min(1.0, channels_[i].level) * width();
        fillRounded(painter, {0, y, double(width()), thick}, 1, t.surface.field);
        fillRounded(painter, {0, y, std::min(level, hot), thick}, 1, t.meter.low);
        if (level > hot)
            painter.fillRect(QRectF(hot, y, level - hot, thick), channels_[i].level > 1 ? t.meter.over : t.meter.high);
        const double peak = std::min(1.0, channels_[i].peak) * (width() - 2);
        if (peak > 1)
            painter.fillRect(QRectF(peak, y, 2, thick), channels_[i].peak >= 1 ? t.meter.over
                                                        : peak > hot           ? t.meter.high
                                                                               : t.meter.low);
    }
}

} // namespace continuo::ui
