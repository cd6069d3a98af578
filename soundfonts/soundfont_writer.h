#pragma once

#include "engine/base/files.h"
#include "soundfonts/tone.h"

#include <string>
#include <vector>

namespace continuo::soundfonts {

/// A generator of the format: which parameter, and its amount (SoundFont Technical Specification 2.01, section 8.1.2).
struct Generator {
    std::uint16_t parameter = 0;
    std::uint16_t amount = 0;
};

/// A controller that moves a generator (section 8.2).
struct Modulator {
    std::uint16_t source = 0;
    std::uint16_t destination = 0;
    std::int16_t amount = 0;
};

/// One zone of an instrument; the first may be global (sample < 0).
struct Zone {
    int sample = -1;
    std::vector<Generator> generators; // key range first, as the format wants it
    std::vector<Modulator> modulators;
};

struct Instrument {
    std::string name;
    std::vector<Zone> zones;
};

struct Preset {
    std::string name;
    int bank = 0;
    int program = 0;
    int instrument = 0;
};

struct Bank {
    std::string name;
    std::vector<Sample> samples;
    std::vector<Instrument> instruments;
    std::vector<Preset> presets; // by bank and program
};

/// The bank as a SoundFont 2.01 file.
base::Bytes write(const Bank& bank);

} // namespace continuo::soundfonts
