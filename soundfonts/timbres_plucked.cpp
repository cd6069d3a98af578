#include "soundfonts/timbres.h"

#include <cmath>
#include <numbers>

namespace continuo::soundfonts {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

struct Pluck {
    double position = 0.2; // of the string, where it is plucked
    double bright = 3000;  // Hz above which the finger or pick gives little
    double slope = 1.0;    // of levels over harmonics
    double loss = 5;       // harmonic number by which the aftersound has fallen to 1/e
    double decay = 0.3;    // seconds of the first harmonic's prompt part
    double stiffness = 2e-5;
    double noise = 0.04; // the finger
    double noiseHigh = 3000;
    double lead = 0.15;
    int rate = 22050;
    double drive = 0;
};

/// A string pulled aside at one point: harmonics as sin(n pi p)/n (the Fourier series of the triangle), losses growing
/// with frequency as in the loop filter of Karplus and Strong, "Digital Synthesis of Plucked-String and Drum Timbres",
/// Computer Music Journal 1983.
Model plucked(const Pluck& pluck) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = pluck.rate;
        tone.lead = pluck.lead;
        tone.loop = 0.015;
        tone.rise = 0.001;
        tone.drive = pluck.drive;
        for (int n = 1; n < 80; ++n) {
            const double f = f0 * n * std::sqrt((1 + pluck.stiffness * n * n) / (1 + pluck.stiffness));
            if (f > 0.46 * tone.rate) break;
            const double comb = std::abs(std::sin(n * std::numbers::pi * pluck.position)) + 0.03;
            const double level = comb / std::pow(n, pluck.slope) / (1 + std::pow(f / pluck.bright, 2));
            if (level < 2e-4) continue;
            tone.partials.push_back({f, level, 0.55 * std::exp(-(n - 1) / pluck.loss),
                                     pluck.decay / (1 + (n - 1) / 4.0), random.uniform() * kTwoPi});
        }
        tone.noise.push_back({150, pluck.noiseHigh, pluck.noise, 0, 0.007});
        return tone;
    };
}

/// An amplifier driven hard: the string with its octave's worth of clipped harmonics, sustained by the compression.
Model driven(double drive, double bright) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = 22050;
        tone.lead = 0.12;
        tone.loop = 0.03;
        tone.rise = 0.003;
        addHarmonics(tone, f0, random, [&](int n, double f) {
            const double uneven = n % 2 == 1 ? 1.0 : 0.55;
            const double cabinet =
                1 / (1 + std::pow(f / bright, 4)) * (1 + 0.8 * std::exp(-std::pow((f - 2300) / 900, 2)));
            return uneven * cabinet / std::pow(n, 1.05 - 0.3 * drive);
        });
        for (auto& partial : tone.partials) partial.floor = 0.8, partial.decay = 0.15;
        tone.noise.push_back({300, 3500, 0.03, 0, 0.01});
        return tone;
    };
}

} // namespace

std::vector<Timbre> pluckedTimbres() {
    return {
        {"Nylon Guitar",
         {43, 56, 70},
         plucked({.position = .24,
                  .bright = 1500,
                  .slope = 1.15,
                  .loss = 3.2,
                  .decay = .3,
                  .noise = .06,
                  .noiseHigh = 1800}),
         0.95},
        {"Steel Guitar",
         {43, 56, 70},
         plucked({.position = .14,
                  .bright = 3800,
                  .slope = .95,
                  .loss = 6,
                  .decay = .4,
                  .stiffness = 4e-5,
                  .noise = .05,
                  .noiseHigh = 5000,
                  .rate = 26000}),
         0.9},
        {"Jazz Guitar",
         {47, 63},
         plucked({.position = .3,
                  .bright = 900,
                  .slope = 1.1,
                  .loss = 3,
                  .decay = .4,
                  .noise = .04,
                  .noiseHigh = 900,
                  .rate = 16000}),
         1.0},
        {"Clean Guitar",
         {47, 65},
         plucked({.position = .18, .bright = 2600, .slope = .8, .loss = 5, .decay = .5, .noise = .02}),
         0.95},
        {"Muted Guitar",
         {45, 60},
         plucked({.position = .1,
                  .bright = 1600,
                  .slope = .7,
                  .loss = 1.5,
                  .decay = .05,
                  .noise = .15,
                  .noiseHigh = 1500,
                  .lead = .12,
                  .rate = 16000}),
         0.95},
        {"Overdriven Guitar", {46, 64}, driven(0.4, 4200), 0.85},
        {"Distorted Guitar", {46, 64}, driven(1.0, 5200), 0.8},
        {"Guitar Harmonics",
         {72},
         plucked({.position = .5, .bright = 4000, .slope = 1.6, .loss = 2, .decay = .5, .noise = .02, .lead = .3}),
         0.85},
        {"Acoustic Bass",
         {31, 43, 55},
         plucked({.position = .3,
                  .bright = 420,
                  .slope = .8,
                  .loss = 2.5,
                  .decay = .3,
                  .noise = .12,
                  .noiseHigh = 500,
                  .lead = .16,
                  .rate = 12000}),
         1.15},
        {"Finger Bass",
         {31, 43, 55},
         plucked({.position = .2,
                  .bright = 800,
                  .slope = .8,
                  .loss = 3.5,
                  .decay = .5,
                  .noise = .06,
                  .noiseHigh = 700,
                  .lead = .16,
                  .rate = 12000}),
         1.1},
        {"Pick Bass",
         {31, 43},
         plucked({.position = .12,
                  .bright = 2200,
                  .slope = .75,
                  .loss = 5,
                  .decay = .4,
                  .stiffness = 5e-5,
                  .noise = .1,
                  .noiseHigh = 3500,
                  .lead = .16,
                  .rate = 16000}),
         1.0},
        {"Fretless Bass",
         {31, 43, 55},
         plucked({.position = .35,
                  .bright = 600,
                  .slope = .6,
                  .loss = 6,
                  .decay = .9,
                  .noise = .02,
                  .noiseHigh = 500,
                  .lead = .18,
                  .rate = 12000}),
         1.1},
        {"Slap Bass",
         {31, 43},
         plucked({.position = .07,
                  .bright = 3500,
                  .slope = .6,
                  .loss = 3,
                  .decay = .12,
                  .stiffness = 1e-4,
                  .noise = .25,
                  .noiseHigh = 5000,
                  .lead = .2,
                  .rate = 20000}),
         1.0},
        {"Harp",
         {45, 62, 80},
         plucked(
             {.position = .4, .bright = 1800, .slope = 1.2, .loss = 2.2, .decay = .5, .noise = .02, .noiseHigh = 1500}),
         0.95},
        {"Pizzicato",
         {43, 57, 72},
         plucked({.position = .16,
                  .bright = 1100,
                  .slope = .9,
                  .loss = 1.6,
                  .decay = .07,
                  .noise = .1,
                  .noiseHigh = 1400,
                  .lead = .18,
                  .rate = 20000}),
         1.0},
        {"Harpsichord",
         {43, 57, 71},
         plucked({.position = .11,
                  .bright = 6500,
                  .slope = .55,
                  .loss = 12,
                  .decay = .5,
                  .stiffness = 2e-5,
                  .noise = .05,
                  .noiseHigh = 7000,
                  .rate = 26000}),
         0.75},
        {"Clavinet",
         {43, 57, 71},
         plucked({.position = .08,
                  .bright = 3600,
                  .slope = .5,
                  .loss = 7,
                  .decay = .25,
                  .noise = .08,
                  .noiseHigh = 3000,
                  .lead = .18,
                  .rate = 24000}),
         0.8},
        {"Sitar",
         {50, 64},
         plucked({.position = .05,
                  .bright = 5200,
                  .slope = .35,
                  .loss = 30,
                  .decay = .8,
                  .stiffness = 3e-5,
                  .noise = .04,
                  .noiseHigh = 6000,
                  .rate = 24000}),
         0.75},
        {"Banjo",
         {55, 70},
         plucked({.position = .07,
                  .bright = 3400,
                  .slope = .45,
                  .loss = 2.5,
                  .decay = .12,
                  .noise = .12,
                  .noiseHigh = 4500,
                  .lead = .18,
                  .rate = 24000}),
         0.8},
        {"Shamisen",
         {57},
         plucked({.position = .06,
                  .bright = 2600,
                  .slope = .4,
                  .loss = 2,
                  .decay = .1,
                  .noise = .3,
                  .noiseHigh = 2600,
                  .lead = .3}),
         0.8},
        {"Koto",
         {57, 72},
         plucked({.position = .09,
                  .bright = 3200,
                  .slope = .8,
                  .loss = 4,
                  .decay = .3,
                  .stiffness = 5e-5,
                  .noise = .1,
                  .noiseHigh = 5000,
                  .lead = .16,
                  .rate = 24000}),
         0.85},
    };
}

} // namespace continuo::soundfonts
