#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include <immintrin.h>

namespace continuo::inference {
namespace {

/// Sixteen floats. Four vectors of rows times six inputs use 24 of the 32 registers for sums.
struct Avx512 {
    using Reg = __m512;
    static constexpr std::int64_t kLanes = 16;
    static constexpr int kInputs = 6;
    static constexpr int kStripVectors = 4;

    static Reg zero() { return _mm512_setzero_ps(); }
    static Reg broadcast(float x) { return _mm512_set1_ps(x); }
    static Reg load(const float* at) { return _mm512_load_ps(at); }
    static void store(float* at, Reg x) { _mm512_store_ps(at, x); }
    static Reg add(Reg a, Reg b) { return _mm512_add_ps(a, b); }
    static Reg sub(Reg a, Reg b) { return _mm512_sub_ps(a, b); }
    static Reg mul(Reg a, Reg b) { return _mm512_mul_ps(a, b); }
    static Reg div(Reg a, Reg b) { return _mm512_div_ps(a, b); }
    static Reg max(Reg a, Reg b) { return _mm512_max_ps(a, b); }
    static Reg abs(Reg x) { return _mm512_abs_ps(x); }
    static Reg fma(Reg a, Reg b, Reg c) { return _mm512_fmadd_ps(a, b, c); }
    static Reg round(Reg x) { return _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
    static Reg timesPowerOfTwo(Reg x, Reg n) { return _mm512_scalef_ps(x, n); }
    static float sum(Reg x) { return _mm512_reduce_add_ps(x); }
    static float highest(Reg x) { return _mm512_reduce_max_ps(x); }
    static Reg negativeIota() {
        return _mm512_set_ps(-15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 0);
    }
    /// Lanes from `count` on become those of `fill`.
    static Reg keepFirst(Reg x, std::int64_t count, Reg fill) {
        if (count >= kLanes) return x;
        const auto mask = static_cast<__mmask16>(count <= 0 ? 0 : (1U << count) - 1U);
        return _mm512_mask_blend_ps(mask, fill, x);
    }
};

} // namespace

const Kernels& avx512Kernels() {
    static constexpr Kernels kernels = VectorKernels<Avx512>::table("avx-512");
    return kernels;
}

} // namespace continuo::inference
