#pragma once

#include "engine/notation/notated_piece.h"

#include <cstdint>
#include <vector>

namespace continuo::notation {

/// Indexes of measures in the order in which they are played: repeats with first and second endings; da capo, dal
/// segno, to coda and fine once each, without repeats after the jump. At most `limit` measures; what signs without end
/// ask for beyond is cut.
std::vector<std::uint32_t> playingOrder(const std::vector<Measure>& measures, std::size_t limit);

/// Each measure once.
std::vector<std::uint32_t> writtenOrder(const std::vector<Measure>& measures);

/// Whether any sign asks for another order than the written one.
bool hasRepeats(const std::vector<Measure>& measures);

} // namespace continuo::notation
