#pragma once

#include "engine/inference/kernels.h"

#include <cstddef>
#include <span>

namespace continuo::inference {

/// A matrix in the kernels' layout, in memory that somebody else owns.
struct PackedMatrix {
    const float* values = nullptr;
    std::int64_t rows = 0; // rounded up to 16, the added ones zero
    std::int64_t columns = 0;

    std::int64_t blocks() const { return (rows + kBlockRows - 1) / kBlockRows; }
    std::int64_t firstRowOf(std::int64_t block) const { return block >= blocks() ? rows : block * kBlockRows; }
};

constexpr std::int64_t paddedRows(std::int64_t rows) { return (rows + 15) / 16 * 16; }

/// Copies `count` rows of a row-major matrix with `columns` columns into a packed one with `rows` rows, from row
/// `firstRow`.
void packRows(std::span<const float> source, std::int64_t columns, float* packed, std::int64_t rows,
              std::int64_t firstRow);

} // namespace continuo::inference
