#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>
#include <string>

namespace continuo::score {

/// A name in time. A section goes on to the next section, or to the end of the piece; one without a name ends the
/// section before it and begins none. A cue is a point and has no length.
struct MarkerEvent {
    enum class Kind : std::uint8_t { Section, Cue };

    EventId id{};
    int chunk = 0;
    Tick at;
    Kind kind = Kind::Section;
    std::string name; // UTF-8

    friend bool operator==(const MarkerEvent&, const MarkerEvent&) = default;
};

} // namespace continuo::score
