#pragma once

#include "engine/inference/vector_attention.h"
#include "engine/inference/vector_products.h"

/// The kernels over a vector type, included once by each instruction set's file with its own `V`. Everything here has
/// internal linkage and uses no function of the standard library: an inline function compiled for AVX-512 that the
/// linker shared with the rest of the program would stop it on an older processor.
namespace continuo::inference {
namespace {

template <typename V>
struct VectorKernels {
    using Reg = typename V::Reg;
    static constexpr std::int64_t kLanes = V::kLanes;

    static void round(const float* in, std::int64_t width, Bf16* out) {
        for (std::int64_t i = 0; i < width; i += kLanes) V::storeBf16(out + i, V::load(in + i));
    }

    static float quantize(const float* in, std::int64_t width, std::uint8_t* out) {
        Reg largest = V::broadcast(1e-30F);
        for (std::int64_t i = 0; i < width; i += kLanes) largest = V::max(largest, V::abs(V::load(in + i)));
        const float range = V::highest(largest);
        const Reg perUnit = V::broadcast(127 / range);
        for (std::int64_t i = 0; i < width; i += kLanes) V::storeQuantized(out + i, V::mul(V::load(in + i), perUnit));
        return range / 127;
    }

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
        return V::mul(V::mul(p, t), exponential<V>(negativeSquare));
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

    static constexpr Kernels table(const char* name) {
        return {name,
                VectorProducts<V, Fp32Format<V>>::multiply,
                VectorProducts<V, Bf16Format<V>>::multiply,
                VectorProducts<V, Int8Format<V>>::multiply,
                round,
                quantize,
                normalize,
                gelu,
                add,
                addSum,
                VectorAttention<V, Fp32Cache<V>>::attend,
                VectorAttention<V, Bf16Cache<V>>::attend};
    }
};

} // namespace
} // namespace continuo::inference
