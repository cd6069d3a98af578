#include "soundfonts/timbres.h"

#include <algorithm>
#include <cmath>

namespace continuo::soundfonts {
namespace {

/// Several singers: glottal pulses (harmonics falling 12 dB an octave, raised by radiation) through the formants of a
/// vowel (Peterson and Barney, "Control Methods Used in a Study of the Vowels", JASA 1952), each a little off pitch.
Model singers(std::vector<Formant> vowel, int count, double spread, double breath, double slope) {
    return [=](double f0, base::Random& random) {
        Tone tone;
        tone.rate = 16000;
        tone.lead = 0.05;
        tone.loop = count > 1 ? 0.28 : 0.08;
        tone.rise = 0.03;
        for (int singer = 0; singer < count; ++singer) {
            const double cents = singer == 0 ? 0 : spread * std::clamp(random.normal(), -2.0, 2.0);
            const double own = f0 * std::exp2(cents / 1200), throat = 1 + 0.05 * (random.uniform() - 0.5);
            const double loud = singer == 0 ? 1.3 : 0.8;
            for (int n = 1; n < 60 && n * own < 6500; ++n) {
                const double level = loud * throughFormants(n * own * throat, vowel, 0.02) / std::pow(n, slope);
                if (level > 3e-4) tone.partials.push_back({n * own, level, 1, 1, random.uniform() * 6.2832});
            }
        }
        tone.noise.push_back({1200, 6000, breath, 0.8, 0.1});
        return tone;
    };
}

} // namespace

std::vector<Timbre> voiceTimbres() {
    const std::vector<Formant> ah{{730, 130, 1}, {1090, 160, .7}, {2440, 250, .3}, {3400, 350, .2}};
    const std::vector<Formant> oo{{320, 110, 1}, {870, 140, .25}, {2240, 250, .05}};
    const std::vector<Formant> synthetic{{500, 200, 1}, {1000, 250, .5}, {2600, 500, .5}};
    return {
        {"Choir Aah", {50, 64, 78}, singers(ah, 6, 9, .02, .8), 0.9},
        {"Voice Ooh", {56, 74}, singers(oo, 4, 7, .015, .9), 0.95},
        {"Synth Voice", {52, 69}, singers(synthetic, 3, 10, .03, .7), 0.85},
        {"Solo Voice", {57, 71}, singers({{650, 140, 1}, {1080, 180, .6}, {2700, 300, .5}}, 1, 0, .01, .9), 0.8},
    };
}

} // namespace continuo::soundfonts
