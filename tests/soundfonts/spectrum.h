#pragma once

#include "engine/sound/synthesizer.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

/// Listening to a bank: notes through the synthesizer, and what a Fourier transform says of them.
namespace continuo::soundfonts::listening {

constexpr int kRate = 32768;

/// A note of `seconds`, held for `held` of them, left and right summed.
inline std::vector<double> listen(sound::Synthesizer& synthesizer, int program, int key, int velocity, double seconds,
                                  double held, bool drums = false) {
    using sound::MessageKind;
    const sound::Lane lane = 20;
    std::vector<double> heard;
    const auto send = [&](MessageKind kind, int first, int second) {
        synthesizer.handle({lane, kind, static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(second)});
    };
    send(MessageKind::Controller, 120, 0);
    send(MessageKind::Controller, 91, 0);
    send(MessageKind::Drums, drums, 0);
    send(MessageKind::Program, program, 0);
    std::vector<float> left(64), right(64);
    // What was before dies away, its reverberation too.
    float residue = 1;
    for (int i = 0; i < 2000 && residue > 1e-6F; ++i) {
        synthesizer.render(left.data(), right.data(), 64);
        residue = 0;
        for (int j = 0; j < 64; ++j) residue = std::max({residue, std::abs(left[j]), std::abs(right[j])});
    }
    send(MessageKind::NoteOn, key, velocity);
    bool down = true;
    for (int frame = 0; frame < seconds * kRate; frame += 64) {
        if (down && frame >= held * kRate) send(MessageKind::NoteOff, key, 0), down = false;
        synthesizer.render(left.data(), right.data(), 64);
        for (int i = 0; i < 64; ++i) heard.push_back(left[i] + right[i]);
    }
    if (down) send(MessageKind::NoteOff, key, 0);
    return heard;
}

/// In place, radix 2 (Cooley and Tukey 1965).
inline void transform(std::vector<std::complex<double>>& data) {
    const auto n = data.size();
    for (std::size_t i = 1, j = 0; i < n; ++i) {
        auto bit = n >> 1;
        for (; j & bit; bit >>= 1) j ^= bit;
        j ^= bit;
        if (i < j) std::swap(data[i], data[j]);
    }
    for (std::size_t length = 2; length <= n; length <<= 1) {
        const auto step = std::polar(1.0, -2 * std::numbers::pi / static_cast<double>(length));
        for (std::size_t start = 0; start < n; start += length) {
            std::complex<double> turn = 1;
            for (std::size_t k = 0; k < length / 2; ++k, turn *= step) {
                const auto even = data[start + k], odd = data[start + k + length / 2] * turn;
                data[start + k] = even + odd;
                data[start + k + length / 2] = even - odd;
            }
        }
    }
}

/// Magnitudes of a Hann window of `size` samples from `from`.
inline std::vector<double> spectrum(const std::vector<double>& signal, std::size_t from, std::size_t size) {
    std::vector<std::complex<double>> data(size);
    for (std::size_t i = 0; i < size && from + i < signal.size(); ++i)
        data[i] = signal[from + i] *
                  (0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(size)));
    transform(data);
    std::vector<double> magnitudes(size / 2);
    for (std::size_t i = 0; i < size / 2; ++i) magnitudes[i] = std::abs(data[i]);
    return magnitudes;
}

/// The frequency of the strongest line within a semitone of `near`, by a parabola through the logarithms.
inline double peakNear(const std::vector<double>& magnitudes, double near) {
    const double bin = static_cast<double>(kRate) / static_cast<double>(2 * magnitudes.size());
    auto best = static_cast<std::size_t>(near / 1.06 / bin);
    for (auto i = best; static_cast<double>(i) * bin < near * 1.06; ++i)
        if (magnitudes[i] > magnitudes[best]) best = i;
    const double a = std::log(magnitudes[best - 1] + 1e-12), b = std::log(magnitudes[best] + 1e-12),
                 c = std::log(magnitudes[best + 1] + 1e-12);
    return (static_cast<double>(best) + 0.5 * (a - c) / (a - 2 * b + c)) * bin;
}

/// The centre of gravity of all lines within 60 dB of the strongest.
inline double centroid(const std::vector<double>& magnitudes) {
    double weighted = 0, sum = 1e-12, highest = 0;
    for (const double magnitude : magnitudes) highest = std::max(highest, magnitude);
    for (std::size_t i = 1; i < magnitudes.size(); ++i) {
        if (magnitudes[i] < highest / 1000) continue;
        weighted += static_cast<double>(i) * magnitudes[i];
        sum += magnitudes[i];
    }
    return weighted / sum * kRate / static_cast<double>(2 * magnitudes.size());
}

inline double level(const std::vector<double>& signal, double from, double seconds) {
    double sum = 0;
    const auto first = static_cast<std::size_t>(from * kRate), count = static_cast<std::size_t>(seconds * kRate);
    for (auto i = first; i < first + count && i < signal.size(); ++i) sum += signal[i] * signal[i];
    return 10 * std::log10(sum / static_cast<double>(count) + 1e-14);
}

} // namespace continuo::soundfonts::listening
