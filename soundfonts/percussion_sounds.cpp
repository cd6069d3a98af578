#include "soundfonts/percussion_sounds.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::soundfonts {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

std::size_t framesIn(int rate, double seconds) { return static_cast<std::size_t>(rate * seconds); }

/// Second-order low- or high-pass without resonance (R. Bristow-Johnson's audio equaliser cookbook, Q = 0.707).
void filter(Signal& signal, int rate, double hertz, bool highPass) {
    const double w = kTwoPi * std::clamp(hertz / rate, 0.0005, 0.49), alpha = std::sin(w) / std::numbers::sqrt2,
                 cosine = std::cos(w);
    const double edge = highPass ? (1 + cosine) / 2 : (1 - cosine) / 2, middle = highPass ? -(1 + cosine) : 1 - cosine;
    const double a0 = 1 + alpha, a1 = -2 * cosine, a2 = 1 - alpha;
    double x1 = 0, x2 = 0, y1 = 0, y2 = 0;
    for (double& x : signal) {
        const double y = (edge * x + middle * x1 + edge * x2 - a1 * y1 - a2 * y2) / a0;
        x2 = x1, x1 = x, y2 = y1, y1 = y;
        x = y;
    }
}

} // namespace

Signal sweep(int rate, double seconds, double from, double to, double sweepTime, double decay, double level) {
    Signal out(framesIn(rate, seconds));
    double phase = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(i) / rate;
        phase += kTwoPi * (to + (from - to) * std::exp(-t / sweepTime)) / rate;
        out[i] = level * std::sin(phase) * std::exp(-t / decay);
    }
    return out;
}

Signal noise(int rate, double seconds, double low, double high, double decay, double level, base::Random& random,
             double rise) {
    Signal out(framesIn(rate, seconds));
    for (double& x : out) x = random.normal();
    filter(out, rate, low, true);
    if (high < 0.48 * rate) filter(out, rate, high, false);
    double sum = 1e-12;
    for (const double x : out) sum += x * x;
    const double gain = level / std::sqrt(sum / static_cast<double>(out.size()));
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double t = static_cast<double>(i) / rate;
        out[i] *= gain * (t < rise ? t / rise : std::exp(-(t - rise) / decay));
    }
    return out;
}

Signal metal(int rate, double seconds, double base, double low, double decay, double level) {
    Signal out(framesIn(rate, seconds));
    for (const double ratio : {1.0, 1.342, 1.2312, 1.6532, 1.9523, 2.1523, 2.7431}) {
        double phase = ratio;
        for (double& x : out) {
            phase += base * ratio / rate;
            x += std::fmod(phase, 1.0) < 0.5 ? 1 : -1;
        }
    }
    filter(out, rate, low, true);
    filter(out, rate, low, true);
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] *= level * 0.3 * std::exp(-static_cast<double>(i) / rate / decay);
    return out;
}

Signal modes(int rate, double seconds, double base, const std::vector<double>& ratios, double decay, double level) {
    std::vector<Signal> parts;
    for (std::size_t i = 0; i < ratios.size(); ++i) {
        const auto n = static_cast<double>(i + 1);
        parts.push_back(sweep(rate, seconds, base * ratios[i], base * ratios[i], 1, decay / std::sqrt(n), level / n));
    }
    return mixed(std::move(parts));
}

Signal mixed(std::vector<Signal> parts) {
    Signal out;
    for (const auto& part : parts) {
        out.resize(std::max(out.size(), part.size()), 0.0);
        for (std::size_t i = 0; i < part.size(); ++i) out[i] += part[i];
    }
    return out;
}

Signal delayed(const Signal& signal, int rate, double seconds) {
    Signal out(framesIn(rate, seconds), 0.0);
    out.insert(out.end(), signal.begin(), signal.end());
    return out;
}

} // namespace continuo::soundfonts
