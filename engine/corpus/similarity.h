#pragma once

#include "engine/score/score.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace continuo::corpus {

/// The smallest hashes of what a piece consists of: runs of four successive notes by the steps between them in time
/// (twelfths of a quarter) and pitch, so that neither transposition, tempo, division, instruments, lengths nor a
/// silence at the beginning matter. Drums are runs of their own, by their keys. A run that comes again is another
/// element. Bottom-k sketch of Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
using Sketch = std::vector<std::uint32_t>; // ascending, at most kSketchSize
inline constexpr std::size_t kSketchSize = 128;
Sketch sketchOf(const score::Score& score);

/// The estimated share of elements that two pieces have in common: |A and B| / |A or B|, with a standard error below
/// 0.045. 0 where one has none.
double resemblance(const Sketch& a, const Sketch& b);

struct Pair {
    std::size_t first = 0, second = 0; // first < second
    double resemblance = 0;
};

/// Pairs that resemble each other by at least `least` (above 0), in order. Elements that more than 200 pieces share
/// (a repeated note, a scale) propose no pair; time and memory grow with the number of pieces, not of pairs.
std::vector<Pair> similarPairs(std::span<const Sketch> sketches, double least);

/// Numbers from 0, equal for pieces that a chain of pairs connects, in order of the first piece of each group.
std::vector<std::size_t> groupsOf(std::size_t count, std::span<const std::pair<std::size_t, std::size_t>> pairs);

} // namespace continuo::corpus
