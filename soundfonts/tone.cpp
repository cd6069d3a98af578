#include "soundfonts/tone.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

namespace continuo::soundfonts {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr int kGuard = 48; // samples behind the loop for the interpolator

/// The length of the loop in samples, and how many periods of the fundamental it holds.
struct Grid {
    std::size_t length = 0;
    double periods = 0;
    double step(int rate) const { return static_cast<double>(rate) / static_cast<double>(length); }
};

Grid chooseGrid(double f0, double seconds, int rate) {
    constexpr int kTried = 24;
    constexpr double kGood = 1.7e-4; // a third of a cent; what is left over goes into the sample's correction
    const double first = std::max(1.0, std::ceil(seconds * f0));
    Grid best;
    double smallest = 1;
    for (int i = 0; i < kTried && smallest > kGood; ++i) {
        const double exact = (first + i) * rate / f0;
        const double error = std::abs(std::round(exact) - exact) / exact;
        if (error >= smallest) continue;
        smallest = error;
        best = {static_cast<std::size_t>(std::llround(exact)), first + i};
    }
    return best;
}

double levelAt(double floor, double decay, double seconds) { return floor + (1 - floor) * std::exp(-seconds / decay); }

/// Adds a sine whose level is frozen from sample `frozen` on. Levels are followed in steps of 16 samples.
void addPartial(std::vector<double>& out, const Partial& partial, double frequency, int rate, std::size_t frozen) {
    auto turn = std::polar(1.0, partial.phase);
    const auto step = std::polar(1.0, kTwoPi * frequency / rate);
    double level = 0, slope = 0;
    constexpr std::size_t kSegment = 16;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % kSegment == 0) {
            const auto at = [&](std::size_t sample) {
                return partial.level *
                       levelAt(partial.floor, partial.decay, static_cast<double>(std::min(sample, frozen)) / rate);
            };
            level = at(i);
            slope = (at(i + kSegment) - level) / kSegment;
        }
        out[i] += turn.imag() * level;
        level += slope;
        turn *= step;
    }
}

/// Noise is many sines of random phase: then it repeats with the loop as the tone does.
std::vector<Partial> sinesOf(const NoiseBand& band, double grid, double nyquist, base::Random& random) {
    const double high = std::min(band.high, nyquist);
    const double spacing = std::max(grid, (high - band.low) / 160);
    std::vector<Partial> sines;
    for (double f = band.low + spacing; f < high; f += spacing)
        sines.push_back({f + (random.uniform() - 0.5) * spacing, 0.5 + random.uniform(), band.floor, band.decay,
                         random.uniform() * kTwoPi});
    const double each = band.level * std::sqrt(2.0 / std::max<std::size_t>(sines.size(), 1));
    for (auto& sine : sines) sine.level *= each;
    return sines;
}

/// Root mean square of the loudest tenth of a second behind a first-order high-pass at 300 Hz.
double loudness(const std::vector<double>& signal, int rate) {
    const double pole = std::exp(-kTwoPi * 300 / rate);
    const auto window = static_cast<std::size_t>(rate / 10);
    double before = 0, filtered = 0, sum = 0, loudest = 0;
    std::vector<double> squares;
    for (const double x : signal) {
        filtered = pole * (filtered + x - before);
        before = x;
        squares.push_back(filtered * filtered + 0.05 * x * x);
    }
    for (std::size_t i = 0; i < squares.size(); ++i) {
        sum += squares[i];
        if (i >= window) sum -= squares[i - window];
        loudest = std::max(loudest, sum / static_cast<double>(window));
    }
    return std::sqrt(loudest);
}

void setLevel(std::vector<double>& signal, int rate, double level) {
    const double loud = loudness(signal, rate);
    double gain = loud > 0 ? 0.155 * level / loud : 0;
    double peak = 0;
    for (const double x : signal) peak = std::max(peak, std::abs(x));
    if (peak * gain > 0.97) gain = 0.97 / peak;
    for (double& x : signal) x *= gain;
}

std::vector<std::int16_t> rounded(const std::vector<double>& signal) {
    std::vector<std::int16_t> frames;
    for (const double x : signal)
        frames.push_back(static_cast<std::int16_t>(std::lround(std::clamp(x, -1.0, 1.0) * 32767)));
    return frames;
}

std::vector<double> synthesise(const Tone& tone, const Grid& grid, std::size_t length, std::size_t frozen,
                               base::Random& random) {
    std::vector<double> signal(length, 0.0);
    const double nyquist = 0.47 * tone.rate, step = grid.length > 0 ? grid.step(tone.rate) : 0;
    auto sines = tone.partials;
    for (const auto& band : tone.noise)
        for (const auto& sine : sinesOf(band, step, nyquist, random)) sines.push_back(sine);
    for (const auto& sine : sines) {
        const double frequency = step > 0 ? std::max(1.0, std::round(sine.frequency / step)) * step : sine.frequency;
        if (frequency < nyquist && std::abs(sine.level) > 1e-5) addPartial(signal, sine, frequency, tone.rate, frozen);
    }
    return signal;
}

void fadeIn(std::vector<double>& signal, double seconds, int rate) {
    const auto count = std::min(signal.size(), static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < count; ++i)
        signal[i] *= 0.5 - 0.5 * std::cos(std::numbers::pi * static_cast<double>(i) / static_cast<double>(count));
}

void fadeOut(std::vector<double>& signal, double seconds, int rate) {
    const auto count = std::min(signal.size(), static_cast<std::size_t>(seconds * rate));
    for (std::size_t i = 0; i < count; ++i)
        signal[signal.size() - 1 - i] *= static_cast<double>(i) / static_cast<double>(count);
}

void distort(std::vector<double>& signal, double drive) {
    double peak = 1e-9;
    for (const double x : signal) peak = std::max(peak, std::abs(x));
    for (double& x : signal) x = std::tanh(drive * x / peak);
}

std::uint64_t seedOf(const std::string& name, int root) {
    std::uint64_t hash = 1469598103934665603ULL + static_cast<std::uint64_t>(root);
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

} // namespace

double frequencyOf(double key) { return 440 * std::exp2((key - 69) / 12); }

Sample render(const std::string& name, int root, const Model& model, double level) {
    base::Random random(seedOf(name, root));
    const double ideal = frequencyOf(root);
    auto tone = model(ideal, random);
    const bool loops = tone.loop > 0;
    const auto grid = loops ? chooseGrid(ideal, tone.loop, tone.rate) : Grid{};
    const double actual = loops ? grid.periods * grid.step(tone.rate) : ideal;
    for (auto& partial : tone.partials) partial.frequency *= actual / ideal;
    // Levels are followed in segments of 16 samples: the loop begins on a border of them, where they are frozen.
    const auto lead = static_cast<std::size_t>((loops ? tone.lead : tone.length) * tone.rate) / 16 * 16;
    auto signal =
        synthesise(tone, grid, lead + grid.length + (loops ? kGuard : 0), loops ? lead : SIZE_MAX / 2, random);
    if (tone.drive > 0) distort(signal, tone.drive);
    fadeIn(signal, tone.rise, tone.rate);
    if (!loops) fadeOut(signal, 0.03, tone.rate);
    setLevel(signal, tone.rate, level);
    Sample sample{
        name, rounded(signal), 0, 0, tone.rate, root, static_cast<int>(std::lround(1200 * std::log2(ideal / actual)))};
    if (loops)
        sample.loopStart = static_cast<std::uint32_t>(lead),
        sample.loopEnd = static_cast<std::uint32_t>(lead + grid.length);
    return sample;
}

Sample quantise(const std::string& name, int root, int rate, const std::vector<double>& signal, double level) {
    auto shaped = signal;
    fadeOut(shaped, 0.02, rate);
    setLevel(shaped, rate, level);
    return {name, rounded(shaped), 0, 0, rate, root, 0};
}

} // namespace continuo::soundfonts
