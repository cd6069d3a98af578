#include "soundfonts/percussion.h"

#include "soundfonts/percussion_sounds.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace continuo::soundfonts {
namespace {

const std::vector<double> kMembrane{1, 1.593, 2.135, 2.295, 2.653, 2.917};

/// Builds the kit key by key; `last_` is the sound that the next keys may share at another pitch.
class Kit {
public:
    void add(int key, const std::string& name, int rate, double level, int pan, const Signal& signal, int choke = 0) {
        keys_.push_back({key, quantise(name, key, rate, signal, level), pan, choke, 0});
    }
    /// The sound of `source` again, `semitones` higher.
    void share(int key, int source, int semitones, int pan, int choke = 0) {
        const auto from = std::ranges::find(keys_, source, &DrumKey::key);
        auto copy = *from;
        copy.key = key, copy.pan = pan, copy.choke = choke, copy.tune = semitones;
        keys_.push_back(copy);
    }
    std::vector<DrumKey> take() { return std::move(keys_); }

private:
    std::vector<DrumKey> keys_;
};

void addDrums(Kit& kit, base::Random& random) {
    constexpr int kLow = 22050;
    kit.add(36, "Kick", kLow, 1.7, 0,
            mixed({sweep(kLow, .35, 210, 48, .028, .13, 1), noise(kLow, .02, 1200, 6000, .004, .25, random)}));
    kit.add(35, "Kick 2", kLow, 1.6, 0,
            mixed({sweep(kLow, .4, 140, 42, .035, .16, 1), noise(kLow, .02, 300, 2000, .006, .2, random)}));
    kit.add(38, "Snare", 25000, 1.25, 0,
            mixed({sweep(25000, .2, 330, 185, .015, .06, .8), sweep(25000, .15, 420, 331, .02, .04, .4),
                   noise(25000, .28, 900, 11000, .075, .5, random)}));
    kit.add(40, "Snare 2", 25000, 1.2, 0,
            mixed({sweep(25000, .15, 420, 240, .012, .05, .7), noise(25000, .25, 1800, 12000, .06, .6, random)}));
    kit.add(37, "Side Stick", kLow, 0.9, 30,
            mixed({modes(kLow, .08, 480, {1, 1.74, 3.6}, .018, .8), noise(kLow, .03, 1500, 7000, .006, .4, random)}));
    Signal clap;
    for (const double at : {0.0, 0.011, 0.021})
        clap = mixed({clap, delayed(noise(kLow, .05, 700, 4500, .006, .6, random), kLow, at)});
    kit.add(39, "Hand Clap", kLow, 1.0, 60,
            mixed({clap, delayed(noise(kLow, .2, 800, 4000, .055, .5, random), kLow, .03)}));
    kit.add(47, "Tom", 20000, 1.4, 0,
            mixed({sweep(20000, .45, 190, 118, .06, .15, 1), modes(20000, .2, 190, kMembrane, .05, .25),
                   noise(20000, .05, 400, 4000, .012, .2, random)}));
    const struct {
        int key, semitones, pan;
    } toms[] = {{41, -7, 220}, {43, -4, 150}, {45, -2, 60}, {48, 3, -60}, {50, 6, -170}};
    for (const auto& tom : toms) kit.share(tom.key, 47, tom.semitones, tom.pan);
}

void addCymbals(Kit& kit, base::Random& random) {
    constexpr int kHigh = 25000;
    const auto hat = [&](double seconds, double decay) {
        return mixed(
            {metal(kHigh, seconds, 540, 6500, decay, .5), noise(kHigh, seconds, 7000, 12000, decay * .8, .35, random)});
    };
    kit.add(42, "Closed Hat", kHigh, 0.65, 140, hat(.09, .022), 1);
    kit.add(44, "Pedal Hat", kHigh, 0.55, 140, hat(.11, .032), 1);
    kit.add(46, "Open Hat", kHigh, 0.65, 140, hat(.42, .15), 1);
    const auto crash =
        mixed({metal(kHigh, 0.75, 410, 3000, .32, .35), noise(kHigh, .75, 2500, 12000, .3, .5, random, .002),
               noise(kHigh, .3, 700, 4000, .08, .3, random)});
    kit.add(49, "Crash", kHigh, 0.8, -160, crash);
    kit.share(57, 49, -2, 200);
    kit.share(55, 49, 5, -60);
    kit.add(51, "Ride", kHigh, 0.65, 200,
            mixed({metal(kHigh, .7, 620, 4000, .22, .35), modes(kHigh, .7, 2900, {1, 1.31, 1.77, 2.4}, .28, .08),
                   noise(kHigh, .04, 4000, 14000, .01, .4, random)}));
    kit.share(59, 51, -2, 120);
    kit.add(53, "Ride Bell", kHigh, 0.7, 200, modes(kHigh, .6, 1050, {1, 1.52, 2.03, 2.68, 3.31, 4.4}, .28, .5));
    kit.add(52, "China", kHigh, 0.75, -200,
            mixed({metal(kHigh, .6, 300, 2000, .22, .5), noise(kHigh, .6, 1800, 12000, .2, .5, random)}));
}

void addLatin(Kit& kit, base::Random& random) {
    constexpr int kLow = 22050;
    kit.add(54, "Tambourine", 25000, 0.6, 100,
            mixed({metal(25000, .25, 900, 8000, .07, .5), noise(25000, .2, 6000, 12000, .04, .4, random, .004)}));
    kit.add(56, "Cowbell", kLow, 0.8, 80, mixed({modes(kLow, .35, 562, {1, 1.504, 3.1, 4.2}, .09, .7)}));
    kit.add(58, "Vibraslap", kLow, 0.7, -150,
            mixed({modes(kLow, .1, 1800, {1, 1.4, 2.2}, .02, .5), metal(kLow, .5, 27, 2200, .25, .8)}));
    kit.add(61, "Bongo", kLow, 1.0, 180,
            mixed({sweep(kLow, .25, 330, 265, .02, .06, .9), noise(kLow, .03, 1000, 6000, .005, .2, random)}));
    kit.share(60, 61, 5, 180);
    kit.add(64, "Conga", kLow, 1.1, -180,
            mixed({sweep(kLow, .4, 190, 160, .03, .11, .9), modes(kLow, .15, 160, kMembrane, .04, .2),
                   noise(kLow, .03, 600, 4000, .006, .15, random)}));
    kit.share(63, 64, 5, -180);
    kit.add(62, "Mute Conga", kLow, 1.0, -180,
            mixed({sweep(kLow, .12, 260, 215, .02, .028, .8), noise(kLow, .04, 700, 5000, .01, .35, random)}));
    kit.add(66, "Timbale", 22050, 0.95, 120,
            mixed({modes(22050, .45, 210, {1, 1.59, 2.14, 2.92, 4.1, 6.3}, .12, .8),
                   noise(22050, .04, 2000, 9000, .008, .3, random)}));
    kit.share(65, 66, 5, 120);
    kit.add(68, "Agogo Bell", 22050, 0.75, -120, modes(22050, .4, 660, {1, 1.47, 2.61, 4.1}, .11, .6));
    kit.share(67, 68, 5, -120);
    kit.add(69, "Cabasa", 22050, 0.6, -160, noise(22050, .12, 5000, 10500, .025, .5, random, .02));
    kit.add(70, "Maracas", 22050, 0.55, -200, noise(22050, .08, 4500, 12000, .016, .5, random, .008));
    kit.add(71, "Short Whistle", 22050, 0.6, 160,
            mixed({sweep(22050, .14, 2250, 2320, .05, .4, .6), sweep(22050, .14, 2300, 2385, .05, .4, .4),
                   noise(22050, .14, 1800, 5000, .2, .1, random)}),
            2);
    kit.add(72, "Long Whistle", 22050, 0.6, 160,
            mixed({sweep(22050, .45, 2250, 2310, .05, .8, .6), sweep(22050, .45, 2290, 2362, .05, .8, .4),
                   noise(22050, .45, 1800, 5000, .5, .1, random)}),
            2);
}

void addWoods(Kit& kit, base::Random& random) {
    constexpr int kLow = 22050;
    Signal scrape;
    for (int tooth = 0; tooth < 16; ++tooth)
        scrape = mixed({scrape, delayed(noise(kLow, .02, 1800, 7000, .004, .4, random), kLow, .016 * tooth)});
    Signal shortScrape(scrape.begin(), scrape.begin() + kLow / 12);
    kit.add(74, "Long Guiro", kLow, 0.7, 140, scrape, 3);
    kit.add(73, "Short Guiro", kLow, 0.7, 140, shortScrape, 3);
    kit.add(75, "Claves", 22050, 0.8, 140, modes(22050, .12, 2480, {1, 1.9}, .03, .8));
    kit.add(76, "High Block", 22050, 0.85, -140, modes(22050, .1, 1020, {1, 2.4, 4.3}, .022, .8));
    kit.share(77, 76, -5, -140);
    kit.add(79, "Open Cuica", kLow, 0.8, 60,
            mixed({sweep(kLow, .3, 420, 620, .12, .14, .7), sweep(kLow, .3, 840, 1240, .12, .1, .3)}), 4);
    kit.add(78, "Mute Cuica", kLow, 0.8, 60,
            mixed({sweep(kLow, .14, 560, 500, .05, .05, .7), sweep(kLow, .14, 1120, 1000, .05, .04, .3)}), 4);
    kit.add(81, "Open Triangle", 22050, 0.5, 180, modes(22050, .55, 4050, {1, 1.43, 1.92, 2.57}, .38, .4), 5);
    kit.add(80, "Mute Triangle", 22050, 0.5, 180, modes(22050, .12, 4050, {1, 1.43, 1.92, 2.57}, .03, .4), 5);
}

Signal reversed(Signal signal) {
    std::ranges::reverse(signal);
    return signal;
}

Signal bird(int rate) {
    Signal song;
    for (const double at : {0.0, 0.16, 0.3, 0.38})
        song = mixed({song, delayed(sweep(rate, .12, 2600, 4600 - 2000 * at, .05, .06, .6), rate, at)});
    return song;
}

Signal telephone(int rate) {
    Signal ring;
    for (int stroke = 0; stroke < 16; ++stroke)
        ring = mixed(
            {ring, delayed(modes(rate, .14, stroke % 2 ? 1130 : 1410, {1, 2.1, 3.4}, .05, .4), rate, .045 * stroke)});
    return ring;
}

Signal helicopter(int rate, base::Random& random) {
    Signal blades;
    for (int blade = 0; blade < 9; ++blade)
        blades = mixed({blades, delayed(mixed({noise(rate, .085, 60, 900, .022, .6, random, .01),
                                               sweep(rate, .08, 95, 55, .03, .03, .5)}),
                                        rate, .088 * blade)});
    return blades;
}

Signal applause(int rate, base::Random& random) {
    Signal crowd(static_cast<std::size_t>(rate * 0.8), 0.0);
    for (int hand = 0; hand < 90; ++hand)
        crowd = mixed({crowd, delayed(noise(rate, .035, 700 + 900 * random.uniform(), 4500, .007, .3, random), rate,
                                      random.uniform())});
    return crowd;
}

} // namespace

std::vector<DrumKey> drumKit() {
    base::Random random(20);
    Kit kit;
    addDrums(kit, random);
    addCymbals(kit, random);
    addLatin(kit, random);
    addWoods(kit, random);
    auto keys = kit.take();
    std::ranges::sort(keys, {}, &DrumKey::key);
    return keys;
}

std::vector<Sample> singleSounds() {
    base::Random random(21);
    constexpr int kRate = 16000;
    return {
        quantise("Taiko", 48, kRate,
                 mixed({sweep(kRate, .7, 120, 68, .05, .22, 1), modes(kRate, .3, 110, kMembrane, .07, .3),
                        noise(kRate, .05, 200, 2000, .012, .3, random)}),
                 1.5),
        quantise("Melodic Tom", 48, kRate,
                 mixed({sweep(kRate, .5, 200, 131, .04, .16, 1), modes(kRate, .2, 200, kMembrane, .05, .2)}), 1.3),
        quantise("Synth Drum", 48, kRate, sweep(kRate, .5, 420, 131, .06, .16, 1), 1.2),
        quantise("Reverse Cymbal", 60, kRate,
                 reversed(mixed({metal(kRate, .8, 410, 3000, .25, .4), noise(kRate, .8, 2500, 9000, .28, .5, random)})),
                 0.8),
        quantise("Bird", 60, kRate, bird(kRate), 0.6),
        quantise("Telephone", 60, 12000, telephone(12000), 0.6),
        quantise("Helicopter", 60, 11025, helicopter(11025, random), 0.9),
        quantise("Applause", 60, 12000, applause(12000, random), 0.7),
        quantise("Gunshot", 60, 16000,
                 mixed({noise(16000, .5, 40, 5500, .1, .8, random), sweep(16000, .3, 160, 45, .03, .1, .9)}), 1.2),
    };
}

} // namespace continuo::soundfonts
