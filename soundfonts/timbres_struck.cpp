#include "soundfonts/timbres.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::soundfonts {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

double keyOf(double f0) { return 69 + 12 * std::log2(f0 / 440); }

/// Stiffness of a string bends its partials up: Fletcher, "Normal Vibration Frequencies of a Stiff Piano String",
/// JASA 1964. The first partial stays at f0.
double stiffPartial(int n, double stiffness) { return n * std::sqrt((1 + stiffness * n * n) / (1 + stiffness)); }

/// Three strings under one felt hammer at an eighth of their length. Upper partials die first, the prompt sound before
/// the aftersound (Weinreich, "Coupled Piano Strings", JASA 1977); partials beat where the strings of a key differ.
Tone piano(double f0, base::Random& random) {
    Tone tone;
    const double key = keyOf(f0);
    tone.rate = key < 50 ? 22050 : 32000;
    tone.lead = key < 70 ? 0.59 : key < 88 ? 0.5 : 0.35;
    tone.loop = key < 70 ? 0.45 : 0.25;
    tone.rise = 0.0012;
    const double stiffness = 1.0e-4 * std::exp2((key - 36) / 10);
    const double contact = 1150 + 2.3 * f0; // Hz above which the hammer's felt takes the strength away
    for (int n = 1; n < 90; ++n) {
        const double f = f0 * stiffPartial(n, stiffness);
        if (f > 0.46 * tone.rate) break;
        const double strike = std::abs(std::sin(n * std::numbers::pi * 0.122)) + 0.04;
        const double board = f * f / (f * f + 95.0 * 95.0);
        const double level =
            strike * board / std::pow(n, 0.55) / (1 + std::pow(f / contact, 2.6)) * (0.8 + 0.4 * random.uniform());
        if (level < 2e-4) continue;
        const double floor = 0.42 * std::exp(-(n - 1) / 9.0),
                     decay = 0.42 / (1 + (n - 1) / 7.0) * std::exp2((60 - key) / 30);
        const double phase = random.uniform() * kTwoPi;
        tone.partials.push_back({f, level, floor, decay, phase});
        if (n > 1 && n < 24)
            tone.partials.push_back(
                {f + 1.1 + 0.9 * random.uniform(), 0.33 * level, floor * 1.2, decay * 1.5, phase + 0.4});
    }
    tone.noise.push_back({60, 380, 0.16, 0, 0.022});            // key and board
    tone.noise.push_back({500, 1500 + 3 * f0, 0.05, 0, 0.008}); // felt
    return tone;
}

/// A tine beside a tone bar before a pickup that bends the wave: even harmonics, and a bell that dies at once.
Tone tinePiano(double f0, base::Random& random) {
    Tone tone;
    tone.rate = 22050;
    tone.lead = 0.26;
    tone.loop = 0.02;
    const double levels[] = {1, 0.42, 0.1, 0.12, 0.03, 0.035, 0.01};
    for (int n = 1; n <= 7; ++n)
        tone.partials.push_back({n * f0, levels[n - 1], n == 1 ? 0.8 : 0.25, 0.35 / n, 0.3 * n});
    for (const double ratio : {7.11, 9.3, 13.0})
        tone.partials.push_back({ratio * f0, 0.16 * 7 / ratio, 0.0, 0.09, random.uniform() * kTwoPi});
    tone.noise.push_back({200, 1200, 0.03, 0, 0.008});
    return tone;
}

/// Two operators in the manner of Chowning, "The Synthesis of Complex Audio Spectra by Means of Frequency Modulation",
/// JAES 1973, as their side bands: bright bell on a soft body.
Tone frequencyModulatedPiano(double f0, base::Random& random) {
    Tone tone;
    tone.rate = 26000;
    tone.lead = 0.22;
    tone.loop = 0.14;
    const double body[] = {1, 0.3, 0.18, 0.05, 0.03, 0.02};
    for (int n = 1; n <= 6; ++n) {
        tone.partials.push_back({n * f0, body[n - 1], 0.6, 0.3, random.uniform() * kTwoPi});
        tone.partials.push_back({n * f0 + 1.3, 0.5 * body[n - 1], 0.6, 0.3, random.uniform() * kTwoPi});
    }
    for (const int n : {13, 14, 15, 28})
        tone.partials.push_back({n * f0, n == 14 ? 0.22 : 0.07, 0.02, 0.12, random.uniform() * kTwoPi});
    return tone;
}

struct Mode {
    double ratio;
    double level;
    double decay;
    double floor;
};

/// Bars, tubes and bells: a few modes that are no harmonics, each with its own decay, and the knock of the mallet.
Model modal(std::vector<Mode> modes, double knock, double knockHigh, double lead, int rate = 26000) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = rate;
        tone.lead = lead;
        tone.loop = 0.05;
        tone.rise = 0.0008;
        for (const auto& mode : modes)
            tone.partials.push_back({mode.ratio * f0, mode.level, mode.floor, mode.decay, random.uniform() * kTwoPi});
        tone.noise.push_back({150, knockHigh, knock, 0, 0.006});
        return tone;
    };
}

/// Pairs of thin strings under small wooden hammers.
Tone dulcimer(double f0, base::Random& random) {
    Tone tone;
    tone.lead = 0.22;
    tone.loop = 0.14;
    tone.rise = 0.0008;
    for (int n = 1; n < 40 && n * f0 < 14000; ++n) {
        const double level = (std::abs(std::sin(n * 0.45)) + 0.1) / std::pow(n, 0.8) / (1 + std::pow(n * f0 / 5200, 2));
        for (const double apart : {0.0, 1.9})
            tone.partials.push_back({f0 * stiffPartial(n, 2e-5) + apart * (1 + 0.2 * n), level,
                                     0.3 * std::exp(-n / 8.0), 0.35 / (1 + n / 6.0), random.uniform() * kTwoPi});
    }
    tone.noise.push_back({800, 5000, 0.07, 0, 0.006});
    return tone;
}

} // namespace

std::vector<Timbre> struckTimbres() {
    return {
        {"Piano", {28, 38, 48, 57, 66, 75, 84, 95}, piano, 1.25},
        {"Tine Piano", {42, 60, 77}, tinePiano, 1.0},
        {"FM Piano", {48, 70}, frequencyModulatedPiano, 0.95},
        {"Celesta",
         {72, 88},
         modal({{1, 1, 0.5, 0.6}, {2.0, .1, .2, .2}, {4.1, .28, .1, .05}, {9.2, .08, .03, 0}}, .05, 4000, 0.13),
         0.9},
        {"Glockenspiel",
         {79, 94},
         modal({{1, 1, 1, 0.9}, {2.756, .45, .2, .15}, {5.404, .25, .08, .02}}, .06, 9000, 0.13),
         0.7},
        {"Music Box",
         {72, 86},
         modal({{1, 1, .5, .5}, {2.01, .2, .2, .3}, {5.9, .3, .12, .04}, {6.27, .14, .1, 0}, {11.3, .08, .05, 0}}, .03,
               9000, 0.13),
         0.75},
        {"Vibraphone",
         {53, 68, 83},
         modal({{1, 1, 1, 0.95}, {4, .22, .25, .12}, {9.9, .06, .05, 0}}, .03, 1800, 0.13, 20000),
         1.0},
        {"Marimba",
         {48, 62, 78},
         modal({{1, 1, .4, .8}, {3.93, .4, .09, 0}, {9.6, .1, .015, 0}}, .12, 1200, 0.13, 20000),
         1.0},
        {"Xylophone",
         {65, 82},
         modal({{1, 1, .2, .6}, {3, .5, .06, .05}, {6.1, .3, .03, 0}, {10.2, .1, .012, 0}}, .15, 5000, 0.13),
         0.9},
        {"Tubular Bells",
         {60, 74},
         modal({{.5, .25, 1, .8},
                {1, .8, .8, .7},
                {1.512, .5, .5, .4},
                {2.0, .7, .6, .4},
                {2.74, .45, .4, .2},
                {3.76, .3, .25, .1},
                {4.9, .2, .2, .05},
                {6.2, .12, .1, 0}},
               .08, 5000, 0.13),
         0.8},
        {"Dulcimer", {57, 76}, dulcimer, 0.85},
        {"Timpani",
         {41, 53},
         modal({{1, 1, .5, .6},
                {1.504, .6, .3, .3},
                {1.742, .25, .1, 0},
                {2.0, .35, .25, .15},
                {2.245, .15, .1, 0},
                {2.494, .2, .18, .05},
                {2.98, .1, .1, 0}},
               .5, 500, 0.13, 16000),
         1.2},
        {"Steel Drum",
         {60, 74},
         modal({{1, 1, .3, .5}, {2, .7, .25, .2}, {3.01, .35, .15, .1}, {4.02, .2, .1, .02}, {5.3, .1, .05, 0}}, .08,
               3000, 0.13, 20000),
         0.9},
        {"Kalimba",
         {60, 76},
         modal({{1, 1, .35, .5}, {2, .05, .2, .1}, {5.4, .25, .05, 0}, {8.8, .1, .02, 0}}, .12, 2500, 0.25, 20000),
         1.0},
        {"Agogo",
         {72},
         modal({{1, 1, .2, .3}, {1.47, .8, .15, .2}, {2.6, .5, .1, .05}, {4.1, .4, .06, 0}}, .1, 8000, 0.15),
         0.8},
        {"Wood Block", {72}, modal({{1, 1, .03, .2}, {2.4, .4, .015, 0}, {4.2, .2, .01, 0}}, .4, 4000, 0.12), 0.9},
    };
}

} // namespace continuo::soundfonts
