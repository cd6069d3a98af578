#pragma once

#include "engine/notation/left_out.h"

#include <cstdint>
#include <vector>

namespace continuo::notation {

/// A note in the order of playing, in ticks.
struct PlayedNote {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::uint8_t pitch = 60;
    std::uint8_t velocity = 80;
    std::uint16_t voice = 0;
    std::uint16_t instrument = 0;
    bool unpitched = false;
    bool tieStarts = false;
    bool tieStops = false;
};

/// Joins tied notes of one part into one: a note that a tie starts from goes on in a note of its pitch that begins
/// where it ends and at which a tie stops, of the same voice where there is one; without such a stop, in the
/// note of its own voice and pitch that begins there. Leaves the notes ordered by start.
/// Ties without a partner are counted in `left`; the notes stay.
void joinTies(std::vector<PlayedNote>& notes, LeftOut& left);

} // namespace continuo::notation
