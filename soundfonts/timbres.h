#pragma once

#include "soundfonts/tone.h"

#include <vector>

namespace continuo::soundfonts {

/// A sampled sound: its model and the keys it is rendered at.
struct Timbre {
    std::string name;
    std::vector<int> roots;
    Model model;
    double level = 1; // loudness against the others
};

// One family a file.
std::vector<Timbre> struckTimbres();     // strings and bars under hammers
std::vector<Timbre> pluckedTimbres();    // guitars, harps, basses
std::vector<Timbre> bowedTimbres();      // strings under bows, alone and in sections
std::vector<Timbre> blownTimbres();      // flutes, reeds, brass
std::vector<Timbre> organTimbres();      // pipes, drawbars, free reeds
std::vector<Timbre> voiceTimbres();      // singers
std::vector<Timbre> electronicTimbres(); // leads, pads
std::vector<Timbre> effectTimbres();     // bells of fantasy, nature, machines

/// A sine for each harmonic below half the rate whose level(n, hertz) is above -80 dB; random phases.
template <typename Level>
void addHarmonics(Tone& tone, double f0, base::Random& random, Level level) {
    for (int n = 1; n <= 140 && n * f0 < 0.46 * tone.rate; ++n)
        if (const double a = level(n, n * f0); a > 1e-4)
            tone.partials.push_back({n * f0, a, 1, 1, random.uniform() * 6.283185307179586});
}

/// A resonance of a body, a throat or a bell.
struct Formant {
    double frequency;
    double width;
    double gain;
};

/// The sum of second-order resonances at `hertz`, over a floor.
double throughFormants(double hertz, const std::vector<Formant>& formants, double floor);

} // namespace continuo::soundfonts
