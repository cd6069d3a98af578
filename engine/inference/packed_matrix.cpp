#include "engine/inference/packed_matrix.h"

#include <algorithm>

namespace continuo::inference {
namespace {

/// A cache line of columns at a time: reads `count` lines, writes one contiguous piece.
void packPiece(const float* source, std::int64_t columns, std::int64_t first, std::int64_t end, std::int64_t count,
               float* target, std::int64_t stride) {
    for (std::int64_t row = 0; row < count; ++row) {
        const auto* from = source + row * columns;
        auto* to = target + row;
        for (auto column = first; column < end; ++column) to[column * stride] = from[column];
    }
}

} // namespace

void packRows(std::span<const float> source, std::int64_t columns, float* packed, std::int64_t rows,
              std::int64_t firstRow) {
    constexpr std::int64_t kLine = 16;
    const auto count = static_cast<std::int64_t>(source.size()) / columns;
    for (std::int64_t row = 0; row < count;) {
        const auto place = firstRow + row;
        const auto block = place / kBlockRows * kBlockRows;
        const auto stride = std::min(kBlockRows, rows - block);
        const auto here = std::min(count - row, block + stride - place);
        auto* target = packed + block * columns + (place - block);
        for (std::int64_t first = 0; first < columns; first += kLine)
            packPiece(source.data() + row * columns, columns, first, std::min(first + kLine, columns), here, target,
                      stride);
        row += here;
    }
}

} // namespace continuo::inference
