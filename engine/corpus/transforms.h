#pragma once

#include "engine/tokens/encoder.h"

#include <span>
#include <utility>

namespace continuo::corpus {

/// The shifts in lowest..highest semitones that keep every note but drums in 0..127, as (first, last); 0 is always
/// among them where lowest <= 0 <= highest.
std::pair<int, int> possibleShifts(std::span<const tokens::TokenNote> notes, int lowest, int highest);
std::pair<int, int> possibleShifts(const score::MuspyScore& score, int lowest, int highest);

} // namespace continuo::corpus
