#include "soundfonts/timbres.h"

#include <cmath>
#include <utility>

namespace continuo::soundfonts {
namespace {

using Ranks = std::vector<std::pair<double, double>>; // pitch as a multiple of the key, level

struct Organ {
    Ranks ranks{};
    double beating = 0; // Hz between two sets of pipes
    double click = 0;   // of the key contact
    double upper = 0;   // harmonics within a pipe or a tone wheel's leakage
    double loop = 0.03;
    int rate = 18000;
};

/// Ranks of pipes or drawbars: each a nearly pure tone at its footage.
Model organ(const Organ& organ) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = organ.rate;
        tone.lead = 0.05;
        tone.loop = organ.loop;
        tone.rise = 0.004;
        for (const auto& [pitch, level] : organ.ranks) {
            double f = pitch * f0;
            while (f > 0.45 * organ.rate) f /= 2; // the highest ranks fold back, as on organs
            tone.partials.push_back({f, level, 1, 1, random.uniform() * 6.2832});
            if (organ.beating > 0)
                tone.partials.push_back({f + organ.beating * pitch, 0.7 * level, 1, 1, random.uniform() * 6.2832});
            for (int n = 2; n <= 6 && organ.upper > 0; ++n)
                tone.partials.push_back({n * f, level * std::pow(organ.upper, n - 1), 1, 1, random.uniform() * 6.2832});
        }
        if (organ.click > 0) tone.noise.push_back({800, 6000, organ.click, 0, 0.006});
        return tone;
    };
}

struct FreeReed {
    double slope = 0.5;
    double bright = 3000;
    double beating = 0; // Hz between two reeds
    double odd = 1;     // level of odd harmonics above the first
    double loop = 0.03;
};

/// A tongue that swings through its frame cuts the air into pulses: a full row of harmonics.
Model freeReed(const FreeReed& reed) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = 18000;
        tone.lead = 0.06;
        tone.loop = reed.loop;
        tone.rise = 0.02;
        const auto level = [&](int n, double f) {
            return (n % 2 == 1 && n > 1 ? reed.odd : 1) / std::pow(n, reed.slope) / (1 + std::pow(f / reed.bright, 3));
        };
        addHarmonics(tone, f0, random, level);
        const auto single = tone.partials;
        if (reed.beating > 0)
            for (auto partial : single)
                partial.frequency += reed.beating * partial.frequency / f0, partial.level *= 0.8,
                    tone.partials.push_back(partial);
        tone.noise.push_back({1000, 6000, 0.012, 0.6, 0.05});
        return tone;
    };
}

} // namespace

std::vector<Timbre> organTimbres() {
    return {
        {"Drawbar Organ",
         {48, 65, 82},
         organ({.ranks = {{.5, .8}, {1, 1}, {1.5, .8}, {2, .5}, {4, .15}}, .click = .03, .upper = .02}),
         0.8},
        {"Percussive Organ", {48, 65, 82}, organ({.ranks = {{.5, .7}, {1, 1}, {2, .7}, {3, .9}}, .click = .12}), 0.8},
        {"Rock Organ",
         {48, 65, 82},
         organ({.ranks = {{.5, 1}, {1, 1}, {1.5, .9}, {2, .8}, {3, .6}, {4, .7}, {5, .4}, {6, .4}, {8, .5}},
                .beating = .6,
                .click = .05,
                .upper = .12,
                .loop = .2}),
         0.75},
        {"Church Organ",
         {38, 52, 66, 80},
         organ({.ranks = {{.5, .35}, {1, 1}, {2, .8}, {3, .3}, {4, .5}, {6, .2}, {8, .3}},
                .beating = .8,
                .upper = .22,
                .loop = .2}),
         0.8},
        {"Reed Organ", {48, 64}, freeReed({.slope = .8, .bright = 1800, .odd = .8}), 0.8},
        {"Accordion", {55, 72}, freeReed({.slope = .35, .bright = 3000, .beating = 3, .loop = .2}), 0.7},
        {"Harmonica", {60, 74}, freeReed({.slope = .3, .bright = 3800, .odd = .55}), 0.7},
        {"Bandoneon", {50, 66}, freeReed({.slope = .25, .bright = 2300, .beating = 1.5, .odd = 1.3, .loop = .2}), 0.75},
    };
}

} // namespace continuo::soundfonts
