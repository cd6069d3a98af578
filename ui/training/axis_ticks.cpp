#include "ui/training/axis_ticks.h"
#include "engine/base/text.h"

#include <array>
#include <cmath>
#include <span>

namespace continuo::ui {

namespace {

constexpr std::array kDense{1.0, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0};
constexpr std::array kMedium{1.0, 1.5, 2.0, 3.0, 5.0, 7.0};
constexpr std::array kSparse{1.0, 2.0, 5.0};
constexpr std::array kDecades{1.0};

std::vector<double> ticksOf(std::span<const double> mantissas, double low, double high) {
    std::vector<double> ticks;
    for (auto decade = std::floor(std::log10(low)); decade <= std::ceil(std::log10(high)); ++decade)
        for (const double mantissa : mantissas) {
            const double tick = mantissa * std::pow(10.0, decade);
            if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) ticks.push_back(tick);
        }
    return ticks;
}

} // namespace

std::vector<double> logTicks(double low, double high, int count) {
    const std::array<std::span<const double>, 4> choices{kDense, kMedium, kSparse, kDecades};
    std::vector<double> ticks;
    for (const auto mantissas : choices) {
        ticks = ticksOf(mantissas, low, high);
        if (static_cast<int>(ticks.size()) <= count) break;
    }
    return ticks;
}

QString tickText(double value) {
    const double size = std::abs(value);
    const auto text = [](const std::string& shown, const char* unit) {
        return QString::fromStdString(shown) + QLatin1String(unit);
    };
    const auto short3 = [](double number) { return base::formatReal(std::round(number * 100) / 100); };
    if (size >= 1e6) return text(short3(value / 1e6), "M");
    if (size >= 1e4 && std::fmod(value, 1000) == 0) return text(short3(value / 1e3), "k");
    if (size >= 1000) return text(base::formatCount(std::llround(value)), "");
    if (size == 0 || size >= 0.01) return text(short3(value), "");
    const auto exponent = std::floor(std::log10(size));
    return text(short3(value / std::pow(10, exponent)) + "e" + base::formatReal(exponent), "");
}

QString timeTickText(double seconds) {
    const auto shown = [](double number) {
        return QString::fromStdString(base::formatReal(std::round(number * 10) / 10));
    };
    if (seconds == 0) return QStringLiteral("0");
    if (std::abs(seconds) < 120) return shown(seconds) + QStringLiteral(" s");
    if (std::abs(seconds) < 7200) return shown(seconds / 60) + QStringLiteral(" min");
    return shown(seconds / 3600) + QStringLiteral(" h");
}

} // namespace continuo::ui
