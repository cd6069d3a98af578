#include "ui/theme/colours.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}

} // namespace

QColor mix(const QColor& from, const QColor& to, double part) {
    const auto between = [part](double a, double b) {
        return static_cast<float>(std::clamp(a + (b - a) * part, 0.0, 1.0));
    };
    return QColor::fromRgbF(between(from.redF(), to.redF()), between(from.greenF(), to.greenF()),
                            between(from.blueF(), to.blueF()), between(from.alphaF(), to.alphaF()));
}

QColor withOpacity(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

double contrast(const QColor& a, const QColor& b) {
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)}); // of a list: by value
    return (light + 0.05) / (dark + 0.05);
}

NoteTints noteTintsOf(const Theme& theme) {
    NoteTints tints;
    const double floor = theme.velocityFloor;
    for (std::size_t velocity = 0; velocity < 128; ++velocity) {
        const double force = static_cast<double>(velocity) / 127;
        for (std::size_t track = 0; track < theme.tracks.size(); ++track) {
            const auto fill = mix(theme.roll.rowWhite, theme.tracks[track], floor + (1 - floor) * force);
            tints.fill[track][velocity] = fill.rgb();
            tints.darkInk[track][velocity] =
                contrast(fill, theme.roll.noteInk) >= contrast(fill, theme.roll.noteInkLight);
        }
        const auto part = theme.opacity.candidateFill * (0.7 + 0.6 * force);
        tints.candidate[velocity] = mix(theme.roll.rowWhite, theme.model.base, part).rgb();
    }
    return tints;
}

} // namespace continuo::ui
