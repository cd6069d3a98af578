#pragma once

#include "engine/base/random.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace continuo::soundfonts {

/// One sine of a tone. Its level falls from `level` towards `level * floor` with time constant `decay` (seconds); what
/// the tone as a whole loses is left to the volume envelope of the bank.
struct Partial {
    double frequency = 440;
    double level = 1;
    double floor = 1;
    double decay = 1;
    double phase = 0; // radians
};

/// Noise between two frequencies, with the same kind of decay.
struct NoiseBand {
    double low = 0;
    double high = 1000;
    double level = 0.1; // root mean square
    double floor = 0;
    double decay = 0.05;
};

/// What a model says of one key: sines and noise, and how much of it is kept.
struct Tone {
    std::vector<Partial> partials;
    std::vector<NoiseBand> noise;
    double lead = 0.2;   // seconds before the loop
    double loop = 0.1;   // seconds of loop at least; 0: the tone is played once
    double length = 0;   // seconds where there is no loop
    double rise = 0.002; // seconds of fade-in
    int rate = 32000;
    double drive = 0; // > 0: tanh distortion before normalising (amplifiers)
};

/// What is stored: 16-bit samples and where they repeat.
struct Sample {
    std::string name;
    std::vector<std::int16_t> frames;
    std::uint32_t loopStart = 0;
    std::uint32_t loopEnd = 0; // = loopStart: played once
    int rate = 32000;
    int root = 60;
    int correction = 0; // cents that make it sound at `root` exactly
};

/// A tone for a fundamental of `f0` Hz. `random` is seeded by the timbre and the key.
using Model = std::function<Tone(double f0, base::Random& random)>;

double frequencyOf(double key);

/// Renders a tone. Frequencies are moved to the nearest whole number of periods in the loop, which is a whole number of
/// periods of the fundamental; the loop then joins without a step in any derivative and needs no crossfade.
/// The loudness (root mean square through a 300 Hz high-pass, a plain stand-in for the ear) is brought to `level`.
Sample render(const std::string& name, int root, const Model& model, double level);

/// 16 bits of finished samples, brought to the same loudness; for what is no tone.
Sample quantise(const std::string& name, int root, int rate, const std::vector<double>& signal, double level);

} // namespace continuo::soundfonts
