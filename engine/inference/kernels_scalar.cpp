#include "engine/inference/kernels.h"

#include <algorithm>
#include <cmath>

namespace continuo::inference {
namespace {

constexpr float kEpsilon = 1e-5F;

/// Where a packed weight stands: `group` columns of a row are together.
template <typename Weight>
std::int64_t placeOf(const MatrixView<Weight>& matrix, std::int64_t row, std::int64_t column) {
    constexpr auto kGroup = static_cast<std::int64_t>(sizeof(float) / sizeof(Weight));
    const auto block = row / kBlockRows * kBlockRows;
    const auto stride = std::min(kBlockRows, matrix.rows - block);
    return block * matrix.columns + (column / kGroup * stride + row % kBlockRows) * kGroup + column % kGroup;
}

float product(float weight, float x) { return weight * x; }
float product(Bf16 weight, Bf16 x) { return toFloat(weight) * toFloat(x); }
std::int32_t product(std::int8_t weight, std::uint8_t x) { return std::int32_t{weight} * (std::int32_t{x} - 128); }

template <typename Weight, typename Input>
auto dot(const MatrixView<Weight>& matrix, std::int64_t row, const Input* x, std::int64_t first, std::int64_t end) {
    decltype(product(Weight{}, Input{})) sum = 0;
    for (auto column = first; column < end; ++column)
        sum += product(matrix.values[placeOf(matrix, row, column)], x[column]);
    return sum;
}

float scaleOf(const MatrixView<std::int8_t>& matrix, std::int64_t row, const Inputs<std::uint8_t>& in,
              std::int64_t input, int half) {
    return in.scales[2 * input + half] * matrix.scales[row];
}
template <typename Weight, typename Input>
float scaleOf(const MatrixView<Weight>&, std::int64_t, const Inputs<Input>&, std::int64_t, int) {
    return 1;
}

template <typename Weight, typename Input>
void multiply(const MatrixView<Weight>& matrix, const MatrixPart& part, const Inputs<Input>& in, const Outputs& out) {
    const auto middle = part.hasBothHalves() ? part.splitColumn : part.endColumn;
    for (std::int64_t i = 0; i < in.count; ++i) {
        const auto* x = in.values + i * in.stride;
        for (auto row = part.firstRow; row < part.endRow; ++row) {
            auto sum = static_cast<float>(dot(matrix, row, x, part.firstColumn, middle)) *
                       scaleOf(matrix, row, in, i, part.firstHalf());
            if (part.hasBothHalves())
                sum += static_cast<float>(dot(matrix, row, x, middle, part.endColumn)) * scaleOf(matrix, row, in, i, 1);
            out.values[i * out.stride + row] = sum;
        }
    }
}

void round(const float* in, std::int64_t width, Bf16* out) {
    for (std::int64_t i = 0; i < width; ++i) out[i] = toBf16(in[i]);
}

float quantize(const float* in, std::int64_t width, std::uint8_t* out) {
    float range = 1e-30F;
    for (std::int64_t i = 0; i < width; ++i) range = std::max(range, std::abs(in[i]));
    const float perUnit = 127 / range;
    for (std::int64_t i = 0; i < width; ++i)
        out[i] = static_cast<std::uint8_t>(std::lrintf(in[i] * perUnit) + 128); // ties to even, as the vectors do
    return range / 127;
}

void normalize(const float* in, const float* gain, const float* bias, std::int64_t width, float* out) {
    float mean = 0;
    for (std::int64_t i = 0; i < width; ++i) mean += in[i];
    mean /= static_cast<float>(width);
    float variance = 0;
    for (std::int64_t i = 0; i < width; ++i) variance += (in[i] - mean) * (in[i] - mean);
    const auto factor = 1 / std::sqrt(variance / static_cast<float>(width) + kEpsilon);
    for (std::int64_t i = 0; i < width; ++i) out[i] = (in[i] - mean) * factor * gain[i] + bias[i];
}

void gelu(float* x, const float* bias, std::int64_t width) {
    constexpr float kHalfRoot = 0.70710678F;
    for (std::int64_t i = 0; i < width; ++i) {
        const auto value = x[i] + bias[i];
        x[i] = 0.5F * value * (1 + std::erf(value * kHalfRoot));
    }
}

void add(float* x, const float* a, std::int64_t width) {
    for (std::int64_t i = 0; i < width; ++i) x[i] += a[i];
}

void addSum(float* x, const float* a, const float* b, std::int64_t width) {
    for (std::int64_t i = 0; i < width; ++i) x[i] += a[i] + b[i];
}

float keyAt(const Attention<float>& attention, std::int64_t position, std::int64_t channel) {
    return attention.keys[(position / kKeyBlock * kHeadWidth + channel) * kKeyBlock + position % kKeyBlock];
}
float keyAt(const Attention<Bf16>& attention, std::int64_t position, std::int64_t channel) {
    const auto pair = position / kKeyBlock * (kHeadWidth / 2) + channel / 2;
    return toFloat(attention.keys[(pair * kKeyBlock + position % kKeyBlock) * 2 + channel % 2]);
}
float valueAt(const Attention<float>& attention, std::int64_t position, std::int64_t channel) {
    return attention.values[position * kHeadWidth + channel];
}
float valueAt(const Attention<Bf16>& attention, std::int64_t position, std::int64_t channel) {
    return toFloat(attention.values[(position / 2 * kHeadWidth + channel) * 2 + position % 2]);
}
float asHeldIn(const Attention<float>&, float x) { return x; }
float asHeldIn(const Attention<Bf16>&, float x) { return toFloat(toBf16(x)); }

template <typename Element>
void attendOnce(const Attention<Element>& attention) {
    for (std::int64_t i = 0; i < attention.length; ++i) {
        float sum = 0;
        for (std::int64_t channel = 0; channel < kHeadWidth; ++channel)
            sum += asHeldIn(attention, attention.query[channel]) * keyAt(attention, i, channel);
        attention.scores[i] = sum * attention.scale - attention.slope * static_cast<float>(attention.length - 1 - i);
    }
    const auto highest = *std::max_element(attention.scores, attention.scores + attention.length);
    float total = 0;
    for (std::int64_t i = 0; i < attention.length; ++i) {
        const auto weight = std::exp(attention.scores[i] - highest);
        total += weight;
        attention.scores[i] = asHeldIn(attention, weight);
    }
    for (std::int64_t channel = 0; channel < kHeadWidth; ++channel) {
        float sum = 0;
        for (std::int64_t i = 0; i < attention.length; ++i) sum += attention.scores[i] * valueAt(attention, i, channel);
        attention.out[channel] = sum / total;
    }
}

template <typename Element>
void attend(const Attention<Element>& attention) {
    auto each = attention;
    for (std::int64_t i = 0; i < attention.count; ++i, ++each.length) {
        each.query = attention.query + i * attention.queryStride;
        each.out = attention.out + i * attention.outStride;
        attendOnce(each);
    }
}

} // namespace

const Kernels& scalarKernels() {
    static constexpr Kernels kernels{"scalar",
                                     multiply<float, float>,
                                     multiply<Bf16, Bf16>,
                                     multiply<std::int8_t, std::uint8_t>,
                                     round,
                                     quantize,
                                     normalize,
                                     gelu,
                                     add,
                                     addSum,
                                     attend<float>,
                                     attend<Bf16>};
    return kernels;
}

} // namespace continuo::inference
