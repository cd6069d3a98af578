#pragma once

#include "engine/inference/kernels.h"
#include "engine/inference/precision.h"

#include <cstddef>
#include <span>

namespace continuo::inference {

constexpr std::int64_t paddedRows(std::int64_t rows) { return (rows + 15) / 16 * 16; }

/// What a packed matrix is, and how its memory is divided: values in the kernels' layout, then, for int8, the scale of
/// each row and the two offsets of each row.
struct PackedShape {
    Precision precision = Precision::Fp32;
    std::int64_t rows = 0; // rounded up to 16, the added ones zero
    std::int64_t columns = 0;
    std::int64_t split = 0; // where two workers divide the columns; `columns` where they divide the rows

    std::int64_t valueBytes() const {
        return rows * columns * (precision == Precision::Fp32 ? 4 : precision == Precision::Bf16 ? 2 : 1);
    }
    std::int64_t bytes() const { return valueBytes() + (precision == Precision::Int8 ? rows * 12 : 0); }
    std::int64_t scalesAt() const { return valueBytes(); }
    std::int64_t offsetsAt() const { return valueBytes() + rows * 4; }

    std::int64_t blocks() const { return (rows + kBlockRows - 1) / kBlockRows; }
    std::int64_t firstRowOf(std::int64_t block) const { return block >= blocks() ? rows : block * kBlockRows; }
};

/// A packed matrix in memory that somebody else owns.
struct PackedMatrix {
    PackedShape shape;
    const std::byte* memory = nullptr;

    /// `Weight` must be that of the precision.
    template <typename Weight>
    MatrixView<Weight> view() const {
        return {reinterpret_cast<const Weight*>(memory), shape.rows, shape.columns,
                reinterpret_cast<const float*>(memory + shape.scalesAt()),
                reinterpret_cast<const std::int32_t*>(memory + shape.offsetsAt())};
    }
};

/// Converts rows of a row-major matrix into their places from row `firstRow` on in a packed one of `shape` at `memory`,
/// which was zero. int8: the weights of a row are whole multiples of a 127th of its largest.
void packRows(std::span<const float> source, std::int64_t firstRow, const PackedShape& shape, std::byte* memory);

} // namespace continuo::inference
