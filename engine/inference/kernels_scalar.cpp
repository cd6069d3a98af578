#include "engine/inference/kernels.h"

#include <algorithm>
#include <cmath>

namespace continuo::inference {
namespace {

constexpr float kEpsilon = 1e-5F;

float dot(const float* matrix, std::int64_t stride, const float* in, std::int64_t first, std::int64_t end) {
    float sum = 0;
    for (auto column = first; column < end; ++column) sum += matrix[column * stride] * in[column];
    return sum;
}

void multiply(const float* matrix, std::int64_t rows, std::int64_t columns, const MatrixPart& part, const float* in,
              std::int64_t inStride, std::int64_t count, float* out, std::int64_t outStride) {
    for (std::int64_t i = 0; i < count; ++i) {
        for (auto row = part.firstRow; row < part.endRow; ++row) {
            const auto block = row / kBlockRows * kBlockRows;
            const auto stride = std::min(kBlockRows, rows - block);
            const auto* first = matrix + block * columns + row % kBlockRows;
            const auto* x = in + i * inStride;
            out[i * outStride + row] = dot(first, stride, x, part.firstColumn, part.splitColumn) +
                                       dot(first, stride, x, part.splitColumn, part.endColumn);
        }
    }
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

float score(const Attention& attention, std::int64_t position) {
    const auto* keys = attention.keys + position / kKeyBlock * kKeyBlock * kHeadWidth + position % kKeyBlock;
    float sum = 0;
    for (std::int64_t channel = 0; channel < kHeadWidth; ++channel)
        sum += attention.query[channel] * keys[channel * kKeyBlock];
    return sum * attention.scale - attention.slope * static_cast<float>(attention.length - 1 - position);
}

void attend(const Attention& attention) {
    for (std::int64_t i = 0; i < attention.length; ++i) attention.scores[i] = score(attention, i);
    const auto highest = *std::max_element(attention.scores, attention.scores + attention.length);
    float total = 0;
    for (std::int64_t i = 0; i < attention.length; ++i)
        total += attention.scores[i] = std::exp(attention.scores[i] - highest);
    for (std::int64_t channel = 0; channel < kHeadWidth; ++channel) {
        float sum = 0;
        for (std::int64_t i = 0; i < attention.length; ++i)
            sum += attention.scores[i] * attention.values[i * kHeadWidth + channel];
        attention.out[channel] = sum / total;
    }
}

} // namespace

const Kernels& scalarKernels() {
    static constexpr Kernels kernels{"scalar", multiply, normalize, gelu, add, addSum, attend};
    return kernels;
}

} // namespace continuo::inference
