#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>
#include <string>

namespace continuo::score {

struct KeyEvent {
    EventId id{};
    int chunk = 0;
    Tick at;
    std::int8_t sharps = 0; // -7 flats .. 7 sharps
    bool minor = false;

    friend auto operator<=>(const KeyEvent&, const KeyEvent&) = default;
};

/// "E♭ major"
std::string keyName(const KeyEvent& key);
/// "E♭4" or "D♯4", by the key's sign; MIDI key 60 is C4.
std::string pitchName(int pitch, bool flats = false);

} // namespace continuo::score
