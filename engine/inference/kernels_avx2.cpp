#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include <immintrin.h>

namespace continuo::inference {
namespace {

/// Eight floats. Two vectors of rows times six inputs use 12 of the 16 registers for sums.
struct Avx2 {
    using Reg = __m256;
    static constexpr std::int64_t kLanes = 8;
    static constexpr int kInputs = 6;
    static constexpr int kStripVectors = 2;

    static Reg zero() { return _mm256_setzero_ps(); }
    static Reg broadcast(float x) { return _mm256_set1_ps(x); }
    static Reg load(const float* at) { return _mm256_load_ps(at); }
    static void store(float* at, Reg x) { _mm256_store_ps(at, x); }
    static Reg add(Reg a, Reg b) { return _mm256_add_ps(a, b); }
    static Reg sub(Reg a, Reg b) { return _mm256_sub_ps(a, b); }
    static Reg mul(Reg a, Reg b) { return _mm256_mul_ps(a, b); }
    static Reg div(Reg a, Reg b) { return _mm256_div_ps(a, b); }
    static Reg max(Reg a, Reg b) { return _mm256_max_ps(a, b); }
    static Reg abs(Reg x) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), x); }
    static Reg fma(Reg a, Reg b, Reg c) { return _mm256_fmadd_ps(a, b, c); }
    static Reg round(Reg x) { return _mm256_round_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC); }
    /// n is whole and x stays a normal number.
    static Reg timesPowerOfTwo(Reg x, Reg n) {
        const __m256i exponent = _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23);
        return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(x), exponent));
    }
    static float sum(Reg x) {
        __m128 half = _mm_add_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
        half = _mm_add_ps(half, _mm_movehl_ps(half, half));
        return _mm_cvtss_f32(_mm_add_ss(half, _mm_shuffle_ps(half, half, 1)));
    }
    static float highest(Reg x) {
        __m128 half = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
        half = _mm_max_ps(half, _mm_movehl_ps(half, half));
        return _mm_cvtss_f32(_mm_max_ss(half, _mm_shuffle_ps(half, half, 1)));
    }
    static Reg negativeIota() { return _mm256_set_ps(-7, -6, -5, -4, -3, -2, -1, 0); }
    /// Lanes from `count` on become those of `fill`.
    static Reg keepFirst(Reg x, std::int64_t count, Reg fill) {
        if (count >= kLanes) return x;
        const Reg kept = _mm256_cmp_ps(negativeIota(), broadcast(static_cast<float>(-count)), _CMP_GT_OQ);
        return _mm256_blendv_ps(fill, x, kept);
    }
};

} // namespace

const Kernels& avx2Kernels() {
    static constexpr Kernels kernels = VectorKernels<Avx2>::table("avx2");
    return kernels;
}

} // namespace continuo::inference
