#include "engine/inference/packed_matrix.h"

#include "engine/inference/aligned_buffer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>

namespace continuo::inference {
namespace {

constexpr std::int64_t kLine = 16; // rows whose words fill a cache line of the packed matrix

/// Rows of words, one after the other, to be written side by side.
struct WordRows {
    const std::uint32_t* first = nullptr;
    std::int64_t words = 0; // of a row
    std::int64_t count = 0; // at most kLine
};

template <std::int64_t count>
void writeLines(const WordRows& rows, std::uint32_t* target, std::int64_t stride) {
    for (std::int64_t word = 0; word < rows.words; ++word)
        for (std::int64_t row = 0; row < count; ++row)
            target[word * stride + row] = rows.first[row * rows.words + word];
}

void interleave(const WordRows& rows, std::uint32_t* target, std::int64_t stride) {
    if (rows.count == kLine) return writeLines<kLine>(rows, target, stride);
    for (std::int64_t row = 0; row < rows.count; ++row)
        writeLines<1>({rows.first + row * rows.words, rows.words, 1}, target + row, stride);
}

/// Up to sixteen rows on their way into a packed matrix.
class LinePacker {
public:
    LinePacker(const PackedShape& shape, std::byte* memory)
        : shape_(shape), memory_(memory), in_(static_cast<std::size_t>(shape.columns)),
          out_(static_cast<std::size_t>(kLine * shape.columns)) {}

    void pack(std::span<const float> source, std::int64_t firstRow) {
        const auto count = static_cast<std::int64_t>(source.size()) / shape_.columns;
        for (std::int64_t row = 0; row < count; ++row) convert(source.data() + row * shape_.columns, firstRow, row);
        const auto block = firstRow / kBlockRows * kBlockRows;
        const auto stride = std::min(kBlockRows, shape_.rows - block);
        const auto wordBytes = shape_.valueBytes() / shape_.rows; // of a row
        auto* target = reinterpret_cast<std::uint32_t*>(memory_ + block * wordBytes) + (firstRow - block);
        interleave({reinterpret_cast<const std::uint32_t*>(out_.bytes()), wordBytes / 4, count}, target, stride);
    }

private:
    void convert(const float* values, std::int64_t firstRow, std::int64_t row) {
        auto* out = out_.bytes() + row * (shape_.valueBytes() / shape_.rows);
        if (shape_.precision == Precision::Fp32) {
            std::memcpy(out, values, static_cast<std::size_t>(shape_.columns) * sizeof(float));
            return;
        }
        std::copy_n(values, shape_.columns, in_.data()); // a file's tensors are not aligned as the kernels need it
        if (shape_.precision == Precision::Bf16)
            bestKernels().round(in_.data(), shape_.columns, reinterpret_cast<Bf16*>(out));
        else
            quantize(reinterpret_cast<std::uint8_t*>(out), firstRow + row);
    }

    void quantize(std::uint8_t* out, std::int64_t row) {
        auto* scales = reinterpret_cast<float*>(memory_ + shape_.scalesAt());
        auto* offsets = reinterpret_cast<std::int32_t*>(memory_ + shape_.offsetsAt());
        scales[row] = bestKernels().quantize(in_.data(), shape_.columns, out);
        const auto sum = [&](std::int64_t first, std::int64_t end) {
            return std::accumulate(out + first, out + end, std::int32_t{0}) -
                   static_cast<std::int32_t>(end - first) * 128;
        };
        offsets[row] = 128 * sum(0, shape_.split);
        offsets[shape_.rows + row] = 128 * sum(shape_.split, shape_.columns);
        for (std::int64_t i = 0; i < shape_.columns; ++i) out[i] ^= 0x80; // stored 128 higher: now a signed number
    }

    const PackedShape& shape_;
    std::byte* memory_;
    AlignedBuffer in_;
    AlignedBuffer out_;
};

} // namespace

void packRows(std::span<const float> source, std::int64_t firstRow, const PackedShape& shape, std::byte* memory) {
    LinePacker packer(shape, memory);
    const auto columns = static_cast<std::size_t>(shape.columns);
    auto place = firstRow;
    while (!source.empty()) {
        const auto count = std::min(source.size() / columns, static_cast<std::size_t>(kLine - place % kLine));
        packer.pack(source.first(count * columns), place);
        source = source.subspan(count * columns);
        place += static_cast<std::int64_t>(count);
    }
}

} // namespace continuo::inference
