#pragma once

#include "engine/inference/kernels.h"

/// The kernels over a vector type, included once by each instruction set's file with its own `V`. Everything here has
/// internal linkage and uses no function of the standard library: an inline function compiled for AVX-512 that the
/// linker shared with the rest of the program would stop it on an older processor.
namespace continuo::inference {
namespace {

constexpr std::int64_t smaller(std::int64_t a, std::int64_t b) { return a < b ? a : b; }

template <typename V>
struct VectorKernels {
    using Reg = typename V::Reg;
    static constexpr std::int64_t kLanes = V::kLanes;
    static constexpr int kHeadVectors = static_cast<int>(kHeadWidth / kLanes);
    static constexpr int kKeyVectors = static_cast<int>(kKeyBlock / kLanes);

    // --- matrix times a few vectors
    // -------------------------------------------------------------------------------------

    /// Sums of `inputs` inputs times `vectors` vectors of rows over columns [first, end). Every sum runs over the
    /// columns in one chain, so that it does not depend on how many inputs are taken at once.
    template <int inputs, int vectors>
    static inline void sumColumns(const float* matrix, std::int64_t stride, std::int64_t first, std::int64_t end,
                                  const float* in, std::int64_t inStride, Reg (&sums)[inputs][vectors]) {
        for (int i = 0; i < inputs; ++i)
            for (int v = 0; v < vectors; ++v) sums[i][v] = V::zero();
        const float* weights = matrix + first * stride;
        for (std::int64_t column = first; column < end; ++column, weights += stride) {
            Reg weight[vectors];
            for (int v = 0; v < vectors; ++v) weight[v] = V::load(weights + v * kLanes);
            for (int i = 0; i < inputs; ++i) {
                const Reg x = V::broadcast(in[i * inStride + column]);
                for (int v = 0; v < vectors; ++v) sums[i][v] = V::fma(x, weight[v], sums[i][v]);
            }
        }
    }

    template <int inputs, int vectors>
    static void multiplyTile(const float* matrix, std::int64_t stride, const MatrixPart& part, const float* in,
                             std::int64_t inStride, float* out, std::int64_t outStride) {
        Reg sums[inputs][vectors];
        const bool bothHalves = part.firstColumn < part.splitColumn && part.splitColumn < part.endColumn;
        sumColumns<inputs, vectors>(matrix, stride, part.firstColumn, bothHalves ? part.splitColumn : part.endColumn,
                                    in, inStride, sums);
        for (int i = 0; i < inputs; ++i)
            for (int v = 0; v < vectors; ++v) V::store(out + i * outStride + v * kLanes, sums[i][v]);
        if (!bothHalves) return;
        sumColumns<inputs, vectors>(matrix, stride, part.splitColumn, part.endColumn, in, inStride, sums);
        for (int i = 0; i < inputs; ++i) {
            for (int v = 0; v < vectors; ++v) {
                float* at = out + i * outStride + v * kLanes;
                V::store(at, V::add(V::load(at), sums[i][v]));
            }
        }
    }

    /// All inputs against `vectors` vectors of rows, `V::kInputs` at a time.
    template <int vectors>
    static void multiplyInputs(const float* matrix, std::int64_t stride, const MatrixPart& part, const float* in,
                               std::int64_t inStride, std::int64_t count, float* out, std::int64_t outStride) {
        std::int64_t i = 0;
        for (; i + V::kInputs <= count; i += V::kInputs)
            multiplyTile<V::kInputs, vectors>(matrix, stride, part, in + i * inStride, inStride, out + i * outStride,
                                              outStride);
        for (; i < count; ++i)
            multiplyTile<1, vectors>(matrix, stride, part, in + i * inStride, inStride, out + i * outStride, outStride);
    }

    /// One block of `blockRows` rows, in strips that leave registers for the sums of several inputs.
    static void multiplyBlock(const float* matrix, std::int64_t blockRows, const MatrixPart& part, const float* in,
                              std::int64_t inStride, std::int64_t count, float* out, std::int64_t outStride) {
        constexpr int kStrip = V::kStripVectors;
        std::int64_t row = 0;
        for (; row + kStrip * kLanes <= blockRows; row += kStrip * kLanes)
            multiplyInputs<kStrip>(matrix + row, blockRows, part, in, inStride, count, out + row, outStride);
        for (; row < blockRows; row += kLanes)
            multiplyInputs<1>(matrix + row, blockRows, part, in, inStride, count, out + row, outStride);
    }

    static void multiply(const float* matrix, std::int64_t rows, std::int64_t columns, const MatrixPart& part,
                         const float* in, std::int64_t inStride, std::int64_t count, float* out,
                         std::int64_t outStride) {
        for (auto row = part.firstRow; row < part.endRow; row += kBlockRows) {
            const auto blockRows = smaller(kBlockRows, rows - row);
            if (count == 1 && blockRows == kBlockRows)
                multiplyTile<1, static_cast<int>(kBlockRows / kLanes)>(matrix + row * columns, kBlockRows, part, in,
                                                                       inStride, out + row, outStride);
            else
                multiplyBlock(matrix + row * columns, blockRows, part, in, inStride, count, out + row, outStride);
        }
    }

    // --- elementwise
    // ----------------------------------------------------------------------------------------------------

    static void normalize(const float* in, const float* gain, const float* bias, std::int64_t width, float* out) {
        const float share = 1.0F / static_cast<float>(width);
        Reg sum = V::zero();
        for (std::int64_t i = 0; i < width; i += kLanes) sum = V::add(sum, V::load(in + i));
        const Reg mean = V::broadcast(V::sum(sum) * share);
        Reg squares = V::zero();
        for (std::int64_t i = 0; i < width; i += kLanes) {
            const Reg distance = V::sub(V::load(in + i), mean);
            squares = V::fma(distance, distance, squares);
        }
        const Reg factor = V::broadcast(1 / __builtin_sqrtf(V::sum(squares) * share + 1e-5F));
        for (std::int64_t i = 0; i < width; i += kLanes) {
            const Reg scaled = V::mul(V::sub(V::load(in + i), mean), factor);
            V::store(out + i, V::fma(scaled, V::load(gain + i), V::load(bias + i)));
        }
    }

    /// e^x for x <= 88; below -87.3 the smallest normal number. Range reduction by ln 2 in two parts and the polynomial
    /// of Cephes' expf (Moshier 1992): relative error below 2e-7.
    static inline Reg exponential(Reg x) {
        x = V::max(x, V::broadcast(-87.3F));
        const Reg n = V::round(V::mul(x, V::broadcast(1.44269504F)));
        Reg r = V::fma(n, V::broadcast(-0.693359375F), x);
        r = V::fma(n, V::broadcast(2.12194440e-4F), r);
        Reg p = V::broadcast(1.9875691500e-4F);
        p = V::fma(p, r, V::broadcast(1.3981999507e-3F));
        p = V::fma(p, r, V::broadcast(8.3334519073e-3F));
        p = V::fma(p, r, V::broadcast(4.1665795894e-2F));
        p = V::fma(p, r, V::broadcast(1.6666665459e-1F));
        p = V::fma(p, r, V::broadcast(5.0000001201e-1F));
        p = V::add(V::fma(V::mul(r, r), p, r), V::broadcast(1.0F));
        return V::timesPowerOfTwo(p, n);
    }

    /// 1 - erf(x) for x >= 0: Abramowitz and Stegun, formula 7.1.26, absolute error below 1.5e-7 before rounding.
    static inline Reg errorComplement(Reg x) {
        const Reg one = V::broadcast(1.0F);
        const Reg t = V::div(one, V::fma(x, V::broadcast(0.3275911F), one));
        Reg p = V::broadcast(1.061405429F);
        p = V::fma(p, t, V::broadcast(-1.453152027F));
        p = V::fma(p, t, V::broadcast(1.421413741F));
        p = V::fma(p, t, V::broadcast(-0.284496736F));
        p = V::fma(p, t, V::broadcast(0.254829592F));
        const Reg negativeSquare = V::sub(V::zero(), V::mul(x, x));
        return V::mul(V::mul(p, t), exponential(negativeSquare));
    }

    static void gelu(float* x, const float* bias, std::int64_t width) {
        const Reg halfRoot = V::broadcast(0.70710678F);
        for (std::int64_t i = 0; i < width; i += kLanes) {
            const Reg value = V::add(V::load(x + i), V::load(bias + i));
            const Reg size = V::abs(value);
            // x Phi(x) is max(x, 0) - |x| (1 - erf(|x| / sqrt 2)) / 2: no cancellation for negative x.
            const Reg tail = V::mul(V::mul(size, V::broadcast(0.5F)), errorComplement(V::mul(size, halfRoot)));
            V::store(x + i, V::sub(V::max(value, V::zero()), tail));
        }
    }

    static void add(float* x, const float* a, std::int64_t width) {
        for (std::int64_t i = 0; i < width; i += kLanes) V::store(x + i, V::add(V::load(x + i), V::load(a + i)));
    }

    static void addSum(float* x, const float* a, const float* b, std::int64_t width) {
        for (std::int64_t i = 0; i < width; i += kLanes)
            V::store(x + i, V::add(V::load(x + i), V::add(V::load(a + i), V::load(b + i))));
    }

    // --- attention
    // ------------------------------------------------------------------------------------------------------

    /// Sixteen scores, in four partial sums over the channels to keep the multipliers busy.
    static inline void scoreBlock(const Attention& attention, const float* keys, Reg (&scores)[kKeyVectors]) {
        Reg sums[4][kKeyVectors];
        for (auto& part : sums)
            for (auto& sum : part) sum = V::zero();
        for (std::int64_t channel = 0; channel < kHeadWidth; channel += 4) {
            for (int part = 0; part < 4; ++part) {
                const Reg q = V::broadcast(attention.query[channel + part]);
                for (int v = 0; v < kKeyVectors; ++v)
                    sums[part][v] = V::fma(q, V::load(keys + (channel + part) * kKeyBlock + v * kLanes), sums[part][v]);
            }
        }
        for (int v = 0; v < kKeyVectors; ++v)
            scores[v] = V::mul(V::add(V::add(sums[0][v], sums[1][v]), V::add(sums[2][v], sums[3][v])),
                               V::broadcast(attention.scale));
    }

    /// Writes all scores, lanes behind the end as -1e30, and returns the largest.
    static float scoreAll(const Attention& attention) {
        Reg highest = V::broadcast(-1e30F);
        const Reg slope = V::broadcast(attention.slope);
        for (std::int64_t start = 0; start < attention.length; start += kKeyBlock) {
            Reg scores[kKeyVectors];
            scoreBlock(attention, attention.keys + start * kHeadWidth, scores);
            for (int v = 0; v < kKeyVectors; ++v) {
                const auto first = start + v * kLanes;
                const Reg distance =
                    V::sub(V::broadcast(static_cast<float>(first - attention.length + 1)), V::negativeIota());
                Reg score = V::fma(slope, distance, scores[v]);
                score = V::keepFirst(score, attention.length - first, V::broadcast(-1e30F));
                highest = V::max(highest, score);
                V::store(attention.scores + first, score);
            }
        }
        return V::highest(highest);
    }

    /// Turns scores into unnormalised weights and returns their sum.
    static float weigh(const Attention& attention, float highest) {
        const Reg top = V::broadcast(highest);
        Reg total = V::zero();
        const auto padded = (attention.length + kKeyBlock - 1) / kKeyBlock * kKeyBlock;
        for (std::int64_t i = 0; i < padded; i += kLanes) {
            Reg weight = exponential(V::sub(V::load(attention.scores + i), top));
            weight = V::keepFirst(weight, attention.length - i, V::zero());
            total = V::add(total, weight);
            V::store(attention.scores + i, weight);
        }
        return V::sum(total);
    }

    static void attend(const Attention& attention) {
        const float total = weigh(attention, scoreAll(attention));
        Reg even[kHeadVectors];
        Reg odd[kHeadVectors];
        for (int v = 0; v < kHeadVectors; ++v) even[v] = odd[v] = V::zero();
        const float* values = attention.values;
        std::int64_t i = 0;
        for (; i + 2 <= attention.length; i += 2, values += 2 * kHeadWidth) {
            const Reg first = V::broadcast(attention.scores[i]);
            const Reg second = V::broadcast(attention.scores[i + 1]);
            for (int v = 0; v < kHeadVectors; ++v) {
                even[v] = V::fma(first, V::load(values + v * kLanes), even[v]);
                odd[v] = V::fma(second, V::load(values + kHeadWidth + v * kLanes), odd[v]);
            }
        }
        if (i < attention.length) {
            const Reg last = V::broadcast(attention.scores[i]);
            for (int v = 0; v < kHeadVectors; ++v) even[v] = V::fma(last, V::load(values + v * kLanes), even[v]);
        }
        const Reg share = V::broadcast(1 / total);
        for (int v = 0; v < kHeadVectors; ++v)
            V::store(attention.out + v * kLanes, V::mul(V::add(even[v], odd[v]), share));
    }

    static constexpr Kernels table(const char* name) { return {name, multiply, normalize, gelu, add, addSum, attend}; }
};

} // namespace
} // namespace continuo::inference
