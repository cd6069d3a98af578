#pragma once

#include "soundfonts/tone.h"

#include <vector>

namespace continuo::soundfonts {

/// One key of the drum kit (General MIDI Level 1 percussion map).
struct DrumKey {
    int key = 36;
    Sample sample;
    int pan = 0;   // -500..500
    int choke = 0; // keys of one number cut each other off (hi-hats, whistles)
    int tune = 0;  // semitones against the sample, which several keys may share
};

/// Every sound of the kit, and the keys that play them. `level` of a sample counts against the melodic sounds.
std::vector<DrumKey> drumKit();

/// Single sounds that programs of the effects group play.
std::vector<Sample> singleSounds();

} // namespace continuo::soundfonts
