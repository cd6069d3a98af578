#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <string>

namespace continuo::score {

/// A chord symbol that somebody wrote: it holds up to the next one.
struct ChordEvent {
    EventId id{};
    int chunk = 0;
    Tick at;
    std::string name; // "Bbm7/F", in ASCII; empty: no chord from here on

    friend bool operator==(const ChordEvent&, const ChordEvent&) = default;
};

} // namespace continuo::score
