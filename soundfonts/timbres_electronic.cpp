#include "soundfonts/timbres.h"

#include <cmath>

namespace continuo::soundfonts {
namespace {

struct Wave {
    double even = 1; // level of even harmonics: 0 is a square
    double slope = 1;
    double bright = 20000;
    int voices = 1;
    double spread = 0; // cents between neighbours
    double fifth = 0;  // level of a second oscillator a fifth above
    double sub = 0;    // and an octave below
    double loop = 0.02;
    double noise = 0;
    int rate = 24000;
    std::vector<Formant> formants{};
};

/// Oscillators without aliases: the Fourier series of saws and squares, detuned against each other.
Model oscillators(const Wave& wave) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = wave.rate;
        tone.lead = 0.02;
        tone.loop = wave.loop;
        tone.rise = 0.003;
        const auto add = [&](double own, double loud) {
            addHarmonics(tone, own, random, [&](int n, double f) {
                const double colour = wave.formants.empty() ? 1 : throughFormants(f, wave.formants, 0.25);
                return loud * colour * (n % 2 == 0 ? wave.even : 1) / std::pow(n, wave.slope) /
                       (1 + std::pow(f / wave.bright, 3));
            });
        };
        for (int voice = 0; voice < wave.voices; ++voice)
            add(f0 * std::exp2(wave.spread * (voice - (wave.voices - 1) / 2.0) / 1200), 1.0);
        if (wave.fifth > 0) add(f0 * 1.5, wave.fifth);
        if (wave.sub > 0) add(f0 * 0.5, wave.sub);
        if (wave.noise > 0) tone.noise.push_back({1000, 9000, wave.noise, 0.3, 0.08});
        return tone;
    };
}

struct Shimmer {
    std::vector<std::pair<double, double>> ratios{}; // of partials, and their levels
    double spread = 6;
    double noise = 0;
    double noiseLow = 2000;
    double loop = 0.34;
    int rate = 14000;
    double lead = 0.04;
};

/// Slow clouds: each partial three times, a little apart, so that the colour never stands still.
Model cloud(const Shimmer& shimmer) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = shimmer.rate;
        tone.lead = shimmer.lead;
        tone.loop = shimmer.loop;
        tone.rise = 0.02;
        for (const auto& [ratio, level] : shimmer.ratios)
            for (int copy = -1; copy <= 1; ++copy)
                tone.partials.push_back(
                    {f0 * ratio * std::exp2(copy * shimmer.spread * (0.7 + 0.6 * random.uniform()) / 1200),
                     level * (copy == 0 ? 1 : 0.6), 1, 1, random.uniform() * 6.2832});
        if (shimmer.noise > 0) tone.noise.push_back({shimmer.noiseLow, 0.45 * shimmer.rate, shimmer.noise, 1, 1});
        return tone;
    };
}

} // namespace

std::vector<Timbre> electronicTimbres() {
    return {
        {"Square Lead", {48, 60, 72, 84}, oscillators({.even = 0, .slope = 1, .bright = 7000}), 0.7},
        {"Saw Lead", {48, 60, 72, 84}, oscillators({.slope = 1, .bright = 8000}), 0.7},
        {"Chiff Lead", {60, 76}, oscillators({.even = .3, .slope = 1.6, .loop = .1, .noise = .3}), 0.75},
        {"Charang",
         {50, 66},
         oscillators({.slope = .5, .bright = 3800, .voices = 2, .spread = 8, .loop = .2, .formants = {{1500, 700, 2}}}),
         0.65},
        {"Fifths Lead", {50, 66}, oscillators({.slope = .9, .bright = 5000, .fifth = .8, .loop = .05}), 0.65},
        {"Bass and Lead", {43, 60}, oscillators({.slope = .8, .bright = 3000, .sub = .9, .loop = .05}), 0.75},
        {"Synth Bass",
         {31, 43, 55},
         oscillators({.slope = .9, .bright = 1600, .sub = 0, .loop = .06, .rate = 16000}),
         0.95},
        {"Square Bass",
         {31, 43},
         oscillators({.even = .08, .slope = .8, .bright = 1000, .loop = .06, .rate = 12000}),
         1.0},
        {"Polysynth",
         {48, 64},
         oscillators({.slope = .95, .bright = 3600, .voices = 3, .spread = 7, .loop = .2, .rate = 16000}),
         0.75},
        {"New Age Pad",
         {52, 70},
         cloud({.ratios = {{1, 1}, {2, .3}, {3, .15}, {4, .25}, {8, .12}, {12, .06}}, .spread = 5}),
         0.85},
        {"Warm Pad",
         {48, 64},
         cloud({.ratios = {{1, 1}, {2, .5}, {3, .3}, {4, .15}, {5, .08}, {6, .05}}, .spread = 9, .rate = 12000}),
         0.9},
        {"Bowed Glass",
         {60, 76},
         cloud({.ratios = {{1, 1}, {2.32, .5}, {4.25, .25}, {6.63, .15}}, .spread = 3, .noise = .04}),
         0.8},
        {"Metal Pad",
         {52, 70},
         cloud({.ratios = {{1, 1}, {1.41, .5}, {2.1, .6}, {2.83, .4}, {4.2, .35}, {5.5, .3}, {7.1, .2}}, .spread = 5}),
         0.75},
        {"Halo Pad",
         {52, 70},
         cloud({.ratios = {{1, 1}, {1.5, .3}, {2, .6}, {3, .45}, {5, .3}, {7, .15}, {9, .1}},
                .spread = 8,
                .noise = .06,
                .noiseLow = 3000}),
         0.8},
        {"Sweep Pad",
         {48, 66},
         oscillators({.slope = .7, .bright = 5000, .voices = 3, .spread = 10, .loop = .22, .rate = 16000}),
         0.7},
    };
}

} // namespace continuo::soundfonts
