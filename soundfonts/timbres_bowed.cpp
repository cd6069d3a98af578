#include "soundfonts/timbres.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace continuo::soundfonts {

double throughFormants(double hertz, const std::vector<Formant>& formants, double floor) {
    double sum = floor;
    for (const auto& formant : formants) {
        const double away = (hertz - formant.frequency) / (formant.width / 2);
        sum += formant.gain / (1 + away * away);
    }
    return sum;
}

namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

/// The sawtooth of a string under a bow (Helmholtz motion: harmonics as 1/n), heard through the resonances of the body.
Model bowed(std::vector<Formant> body, double bright, int rate, double noise) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = rate;
        tone.lead = 0.06;
        tone.loop = 0.06;
        tone.rise = 0.012;
        addHarmonics(tone, f0, random, [&](int n, double f) {
            return throughFormants(f, body, 0.35) / n / (1 + std::pow(f / bright, 3)) * (0.75 + 0.5 * random.uniform());
        });
        tone.noise.push_back({1200, 0.4 * rate, noise, 0.35, 0.06});
        return tone;
    };
}

struct Section {
    int players = 6;
    double spread = 7; // cents, standard deviation
    double bright = 2600;
    double slope = 1.0;
    double even = 1; // level of even harmonics
    double lead = 0.04;
    double loop = 0.28;
    int rate = 18000;
    double noise = 0.02;
};

/// Several players of one part, each a little off: the beating of their partials is what makes a section.
Model section(const Section& section, std::vector<Formant> body) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = section.rate;
        tone.lead = section.lead;
        tone.loop = section.loop;
        tone.rise = 0.01;
        for (int player = 0; player < section.players; ++player) {
            const double cents = player == 0 ? 0 : section.spread * std::clamp(random.normal(), -2.0, 2.0);
            const double own = f0 * std::exp2(cents / 1200), loud = player == 0 ? 1.4 : 0.6 + 0.4 * random.uniform();
            for (int n = 1; n < 60 && n * own < 0.46 * section.rate; ++n) {
                const double f = n * own;
                const double level = loud * (n % 2 == 0 ? section.even : 1) * throughFormants(f, body, 0.4) /
                                     std::pow(n, section.slope) / (1 + std::pow(f / section.bright, 3));
                if (level > 5e-4) tone.partials.push_back({f, level, 1, 1, random.uniform() * kTwoPi});
            }
        }
        tone.noise.push_back({1500, 0.4 * section.rate, section.noise, 0.6, 0.1});
        return tone;
    };
}

} // namespace

std::vector<Timbre> bowedTimbres() {
    const std::vector<Formant> violin{{290, 90, .8}, {470, 130, 1.0}, {1100, 400, .6}, {2600, 900, 1.3}};
    const std::vector<Formant> viola{{230, 90, .9}, {380, 120, 1.0}, {900, 350, .8}, {1900, 700, .9}};
    const std::vector<Formant> cello{{110, 50, .6}, {190, 70, 1.1}, {420, 180, .9}, {1100, 500, .9}};
    const std::vector<Formant> contrabass{{70, 40, .8}, {120, 60, 1.2}, {260, 140, .8}, {650, 350, .6}};
    return {
        {"Violin", {58, 69, 80, 92}, bowed(violin, 5200, 24000, .035), 0.85},
        {"Viola", {52, 63, 75}, bowed(viola, 3600, 24000, .03), 0.9},
        {"Cello", {40, 51, 63}, bowed(cello, 2600, 20000, .03), 0.95},
        {"Contrabass", {30, 42}, bowed(contrabass, 1500, 14000, .04), 1.1},
        {"Strings",
         {43, 56, 68, 81},
         section({.players = 7, .spread = 8, .bright = 3000, .slope = 1.0},
                 {{420, 200, .8}, {1100, 500, .5}, {2500, 900, .9}}),
         0.9},
        {"Slow Strings",
         {43, 60, 76},
         section({.players = 8, .spread = 10, .bright = 1500, .slope = 1.1, .rate = 12000},
                 {{300, 200, 1}, {900, 500, .5}}),
         0.9},
        {"Synth Strings",
         {43, 60, 76},
         section({.players = 4, .spread = 12, .bright = 4200, .slope = 0.9, .loop = .18, .noise = 0}, {}),
         0.8},
        {"Brass Section",
         {48, 60, 72},
         section({.players = 4, .spread = 5, .bright = 2300, .slope = .65, .loop = .18, .rate = 16000},
                 {{600, 500, .6}, {1300, 700, 1}}),
         0.85},
        {"Synth Brass",
         {48, 65},
         section({.players = 3, .spread = 9, .bright = 2600, .slope = .75, .loop = .18, .rate = 16000, .noise = 0}, {}),
         0.7},
    };
}

} // namespace continuo::soundfonts
