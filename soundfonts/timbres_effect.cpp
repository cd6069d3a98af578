#include "soundfonts/timbres.h"

#include <cmath>

namespace continuo::soundfonts {
namespace {

struct Bell {
    std::vector<std::pair<double, double>> modes{}; // ratio, level
    double fall = 0.25;                             // seconds in which the upper ones fade
    double noise = 0.03;
    double noiseHigh = 6000;
    double loop = 0.13;
};

Model bell(const Bell& bell) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = 18000;
        tone.lead = 0.13;
        tone.loop = bell.loop;
        for (const auto& [ratio, level] : bell.modes) {
            const double floor = 0.6 / (0.6 + ratio * 0.6);
            for (const double apart : {0.0, 1.7})
                tone.partials.push_back(
                    {ratio * f0 + apart * ratio, level, floor, bell.fall / ratio, random.uniform() * 6.2832});
        }
        tone.noise.push_back({1500, bell.noiseHigh, bell.noise, 0, 0.02});
        return tone;
    };
}

/// Wind, waves, breath: noise in bands.
Model weather(std::vector<NoiseBand> bands, double loop, double pitched) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = 14000;
        tone.lead = 0.05;
        tone.loop = loop;
        tone.rise = 0.02;
        tone.noise = bands;
        if (pitched > 0) tone.partials.push_back({f0, pitched, 1, 1, random.uniform() * 6.2832});
        return tone;
    };
}

/// A chord of everything at once, which dies quickly.
Tone orchestraHit(double f0, base::Random& random) {
    Tone tone;
    tone.rate = 22050;
    tone.loop = 0;
    tone.length = 0.6;
    for (const double octave : {0.5, 1.0, 2.0})
        for (int n = 1; n < 24 && n * octave * f0 < 9000; ++n)
            for (const double off : {-6.0, 0.0, 7.0})
                tone.partials.push_back({n * octave * f0 * std::exp2(off / 1200), 1 / std::pow(n, .8), 0,
                                         0.16 + 0.1 / n, random.uniform() * 6.2832});
    tone.noise.push_back({100, 6000, 0.6, 0, 0.06});
    return tone;
}

} // namespace

std::vector<Timbre> effectTimbres() {
    return {
        {"Crystal", {64, 82}, bell({.modes = {{1, 1}, {2.76, .4}, {4, .5}, {5.4, .3}, {8.2, .2}}}), 0.75},
        {"Tinkle Bell",
         {79},
         bell({.modes = {{1, .6}, {1.52, .8}, {2.3, 1}, {3.4, .7}, {4.8, .5}}, .noiseHigh = 10000}),
         0.65},
        {"Atmosphere",
         {52, 68},
         bell({.modes = {{1, 1}, {2, .6}, {3, .4}, {4, .2}, {5, .15}, {6, .1}}, .fall = .5, .noise = .06}),
         0.85},
        {"Soundtrack",
         {50, 66},
         bell({.modes = {{.5, .5}, {1, 1}, {1.5, .7}, {2, .4}, {3, .35}}, .fall = 2, .noise = .0}),
         0.85},
        {"Goblins",
         {55},
         bell({.modes = {{1, 1}, {1.19, .5}, {1.78, .4}, {2.67, .4}, {3.9, .2}}, .fall = 1.5, .noise = .1}),
         0.8},
        {"Rain",
         {62},
         bell({.modes = {{1, 1}, {2, .4}, {3.98, .5}, {6.1, .3}}, .fall = .12, .noise = .2, .noiseHigh = 9000}),
         0.75},
        {"Echoes", {60}, bell({.modes = {{1, 1}, {2, .25}, {3, .5}, {5, .2}}, .fall = .2, .noise = .05}), 0.8},
        {"Star Theme",
         {60},
         bell({.modes = {{1, 1}, {2, .7}, {3, .2}, {4, .5}, {6, .3}, {8, .25}}, .fall = .9, .noise = .02}),
         0.8},
        {"Orchestra Hit", {60}, orchestraHit, 1.0},
        {"Breath", {60}, weather({{500, 1800, .5, .6, .2}, {2500, 7000, .5, .3, .15}}, 0.4, 0), 0.6},
        {"Seashore", {60}, weather({{60, 900, .5, 1, 1}, {900, 5000, .4, 1, 1}}, 0.7, 0), 0.7},
        {"Fret Noise", {60}, weather({{1500, 4500, .6, .02, .05}}, 0.3, 0), 0.5},
        {"Wind Tone", {60}, weather({{300, 1200, .3, 1, 1}}, 0.8, .4), 0.7},
    };
}

} // namespace continuo::soundfonts
