#pragma once

#include <QRgb>
#include <array>

namespace continuo::ui {

inline constexpr int kTrackColours = 16;

/// What notes are filled with: velocityTint of the tokens, computed once a theme.
struct NoteTints {
    std::array<std::array<QRgb, 128>, kTrackColours> fill{}; // [track colour][velocity]
    std::array<std::array<bool, 128>, kTrackColours>
        darkInk{};                     // whether noteInk (else noteInkLight) reads better on it
    std::array<QRgb, 128> candidate{}; // [velocity]
};

} // namespace continuo::ui
