#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <string>
#include <vector>

namespace continuo::score {

/// A scale that no key signature can say (modes, pentatonics, scales of the user): it holds up to the next key or
/// scale, and stands before a key of its own tick.
struct ScaleEvent {
    EventId id{};
    int chunk = 0;
    Tick at;
    std::string tonic = "C"; // "Eb", "F#": a letter and at most one sign, in ASCII
    std::string name;        // "Dorian"
    std::vector<int> steps;  // semitones over the tonic, ascending, the first 0, all below 12

    friend bool operator==(const ScaleEvent&, const ScaleEvent&) = default;
};

} // namespace continuo::score
