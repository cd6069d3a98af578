#include "soundfonts/timbres.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::soundfonts {
namespace {

struct Pipe {
    std::vector<double> harmonics{}; // levels of the first ones
    double breath = 0.06;
    double chiff = 0.15; // noise of the start
    double breathHigh = 6000;
    int rate = 20000;
};

/// An air jet on an edge: few harmonics, much breath around them.
Model flute(const Pipe& pipe) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = pipe.rate;
        tone.lead = 0.08;
        tone.loop = 0.07;
        tone.rise = 0.015;
        for (std::size_t i = 0; i < pipe.harmonics.size(); ++i) {
            const auto n = static_cast<double>(i + 1);
            tone.partials.push_back(
                {n * f0, pipe.harmonics[i] / (1 + std::pow(n * f0 / 7000, 2)), 1, 1, random.uniform() * 6.2832});
        }
        tone.noise.push_back({0.7 * f0, std::min(pipe.breathHigh, 6 * f0), pipe.breath, 1, 1});
        tone.noise.push_back({f0, pipe.breathHigh, pipe.chiff, 0, 0.03});
        return tone;
    };
}

struct Reed {
    double even = 1; // level of even harmonics: a cylinder closed at one end has few
    double slope = 0.8;
    double bright = 3000;
    std::vector<Formant> formants{};
    double floor = 0.4;
    double breath = 0.015;
    int rate = 20000;
    double evenFrom = 1e9; // Hz from which even harmonics are as strong as odd ones
};

/// A reed on a bore, as its spectrum: slope, cut-off and the formants of bell and reed.
Model reed(const Reed& reed) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = reed.rate;
        tone.lead = 0.05;
        tone.loop = 0.03;
        tone.rise = 0.01;
        addHarmonics(tone, f0, random, [&](int n, double f) {
            const double even = n % 2 == 0 ? reed.even + (1 - reed.even) * std::min(1.0, f / reed.evenFrom) : 1.0;
            return even * throughFormants(f, reed.formants, reed.floor) / std::pow(n, reed.slope) /
                   (1 + std::pow(f / reed.bright, 3));
        });
        tone.noise.push_back({800, 0.4 * reed.rate, reed.breath, 0.7, 0.05});
        return tone;
    };
}

struct Brass {
    double cut = 1500;  // Hz: the bell radiates all above, the lips give ever less
    double slope = 2.2; // beyond the cut
    double low = 0.35;  // level of the lowest harmonics
    std::vector<Formant> formants{};
    double buzz = 0.02;
    int rate = 20000;
};

/// Lips on a horn: harmonics grow up to the cut-off of the bell and fall steeply beyond it (Benade, "Fundamentals of
/// Musical Acoustics", 1976, chapter 20).
Model brass(const Brass& brass) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = brass.rate;
        tone.lead = 0.05;
        tone.loop = 0.03;
        tone.rise = 0.008;
        addHarmonics(tone, f0, random, [&](int n, double f) {
            const double rising = brass.low + (1 - brass.low) * std::min(1.0, f / brass.cut);
            return rising * throughFormants(f, brass.formants, 1) / std::pow(n, 0.25) /
                   std::pow(1 + std::pow(f / brass.cut, 2), brass.slope / 2);
        });
        tone.noise.push_back({500, 4000, brass.buzz, 0.2, 0.04});
        return tone;
    };
}

std::vector<Timbre> flutes() {
    return {
        {"Flute", {62, 74, 86}, flute({{1, .42, .2, .07, .03, .012}, .035, .1}), 0.9},
        {"Piccolo", {76, 90}, flute({{1, .22, .06, .02}, .03, .1, 9000, 24000}), 0.75},
        {"Recorder", {65, 79}, flute({{1, .06, .16, .02, .03}, .02, .1}), 0.85},
        {"Pan Flute", {62, 77}, flute({{1, .03, .1, .01, .03}, .13, .3}), 0.9},
        {"Bottle", {57}, flute({{1, .02, .01}, .22, .2, 2500, 14000}), 0.9},
        {"Shakuhachi", {60, 74}, flute({{1, .5, .25, .2, .08, .05}, .14, .45, 7000}), 0.85},
        {"Whistle", {78}, flute({{1, .012, .006}, .03, .04}), 0.7},
        {"Ocarina", {70}, flute({{1, .04, .02, .004}, .035, .06}), 0.85},
        {"Calliope", {60, 76}, flute({{1, .35, .5, .1, .2, .05, .1}, .06, .2}), 0.8},
    };
}

std::vector<Timbre> reeds() {
    return {
        {"Soprano Sax",
         {62, 76},
         reed({.slope = .7, .bright = 4200, .formants = {{1100, 500, 1.2}, {2600, 900, .6}}}),
         0.8},
        {"Alto Sax",
         {55, 67, 80},
         reed({.slope = .65, .bright = 3200, .formants = {{800, 400, 1.4}, {1900, 800, .7}}, .breath = .025}),
         0.85},
        {"Tenor Sax",
         {48, 62, 74},
         reed({.slope = .6,
               .bright = 2400,
               .formants = {{550, 300, 1.4}, {1400, 700, .8}},
               .breath = .035,
               .rate = 20000}),
         0.9},
        {"Baritone Sax",
         {42, 57},
         reed(
             {.slope = .5, .bright = 1900, .formants = {{380, 220, 1.3}, {950, 500, 1}}, .breath = .03, .rate = 16000}),
         0.95},
        {"Oboe",
         {60, 72, 84},
         reed({.slope = .35,
               .bright = 3800,
               .formants = {{1050, 500, 2.0}, {2900, 900, 1.1}},
               .floor = .25,
               .breath = .008,
               .rate = 24000}),
         0.75},
        {"English Horn",
         {55, 69},
         reed({.slope = .45,
               .bright = 2600,
               .formants = {{850, 380, 2.0}, {1900, 600, .9}},
               .floor = .3,
               .breath = .008}),
         0.8},
        {"Bassoon",
         {38, 50, 62},
         reed({.slope = .35,
               .bright = 1500,
               .formants = {{470, 220, 2.4}, {1150, 450, .9}},
               .floor = .25,
               .breath = .012,
               .rate = 16000}),
         0.95},
        {"Clarinet",
         {50, 62, 74, 86},
         reed({.even = .06,
               .slope = .7,
               .bright = 2600,
               .formants = {{1500, 900, .5}},
               .floor = .8,
               .breath = .008,
               .evenFrom = 3500}),
         0.9},
        {"Bagpipe",
         {60, 72},
         reed({.slope = .2,
               .bright = 3600,
               .formants = {{1400, 600, 1.5}, {2700, 700, 1}},
               .floor = .5,
               .breath = .02,
               .rate = 24000}),
         0.65},
        {"Shanai",
         {64, 76},
         reed({.slope = .15,
               .bright = 4200,
               .formants = {{1300, 450, 2.2}, {3300, 900, 1.6}},
               .floor = .2,
               .breath = .03,
               .rate = 24000}),
         0.65},
    };
}

std::vector<Timbre> brasses() {
    return {
        {"Trumpet",
         {55, 67, 79},
         brass({.cut = 1400, .slope = 2.3, .low = .45, .formants = {{1300, 700, .6}}, .rate = 24000}),
         0.8},
        {"Trombone",
         {43, 55, 67},
         brass({.cut = 750, .slope = 2.2, .low = .5, .formants = {{550, 350, .5}}, .rate = 20000}),
         0.9},
        {"Tuba",
         {31, 43, 55},
         brass({.cut = 300, .slope = 2.6, .low = .7, .formants = {{230, 150, .5}}, .rate = 12000}),
         1.05},
        {"Muted Trumpet",
         {60, 74},
         brass({.cut = 2600, .slope = 3, .low = .15, .formants = {{1900, 600, 2.2}, {3600, 900, 1.4}}, .rate = 24000}),
         0.7},
        {"French Horn",
         {43, 55, 67},
         brass({.cut = 480, .slope = 2.9, .low = .7, .formants = {{380, 250, .6}}, .buzz = .008, .rate = 16000}),
         0.95},
    };
}

} // namespace

std::vector<Timbre> blownTimbres() {
    auto all = flutes();
    for (auto& timbre : reeds()) all.push_back(std::move(timbre));
    for (auto& timbre : brasses()) all.push_back(std::move(timbre));
    return all;
}

} // namespace continuo::soundfonts
