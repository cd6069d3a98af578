#pragma once

#include <string>
#include <vector>

namespace continuo::soundfonts {

/// A timbre within a program.
struct Layer {
    std::string timbre;
    int detune = 0;    // cents
    int transpose = 0; // semitones
    int pan = 0;       // -500..500
};

/// How a program is played: envelopes, vibrato, filter, sends. Times in seconds.
struct Articulation {
    double attack = 0.001;
    double decay = 0;     // to silence (100 dB) at middle C; 0: the tone is held
    double keyDecay = 16; // semitones up that halve the decay
    double release = 0.25;
    double vibrato = 0;       // cents
    double vibratoRate = 5.2; // Hz
    double vibratoDelay = 0.35;
    double tremolo = 0; // dB
    double tremoloRate = 5.5;
    double bright = 24;  // cut-off at full strength, as a multiple of the fundamental
    double touch = 3600; // cents by which the softest touch closes the filter
    double bloom = 0;    // cents by which the filter opens with the attack
    double bloomTime = 0.3;
    double reverb = 0.12; // 0..1, beside what the channel sends
    double chorus = 0;
};

/// One of the 128 instruments of General MIDI Level 1.
struct Program {
    int number = 0;
    std::string name;
    std::vector<Layer> layers;
    Articulation how;
};

std::vector<Program> programTable();

} // namespace continuo::soundfonts
