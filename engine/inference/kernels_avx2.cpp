#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include <immintrin.h>

namespace continuo::inference {
namespace {

/// Eight floats. Two vectors of rows times six inputs use 12 of the 16 registers for sums.
struct Avx2 {
    using Reg = __m256;
    using Words = __m256i; // eight groups of four bytes
    static constexpr std::int64_t kLanes = 8;
    static constexpr int kInputs = 6;
    static constexpr int kPairInputs = 3;
    static constexpr int kQuadInputs = 3;
    static constexpr int kStripVectors = 2;
    static constexpr int kQueries = 1;

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

    static Words zeroWords() { return _mm256_setzero_si256(); }
    static Words loadWords(const void* at) { return _mm256_load_si256(static_cast<const __m256i*>(at)); }
    static Words broadcastWord(const void* at) {
        int word = 0;
        __builtin_memcpy(&word, at, sizeof word);
        return _mm256_set1_epi32(word);
    }
    static __m128i packed(Words words) { // the lower halves, unsigned
        return _mm_packus_epi32(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    }
    static void storeBf16(Bf16* at, Reg x) {
        const Words bits = _mm256_castps_si256(x);
        const Words odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
        const Words rounded = _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF)));
        _mm_store_si128(reinterpret_cast<__m128i*>(at), packed(_mm256_srli_epi32(rounded, 16)));
    }
    static void storeQuantized(std::uint8_t* at, Reg x) {
        const __m128i whole = packed(_mm256_add_epi32(_mm256_cvtps_epi32(x), _mm256_set1_epi32(128)));
        _mm_storel_epi64(reinterpret_cast<__m128i*>(at), _mm_packus_epi16(whole, whole));
    }

    static Reg lower(Words pairs) { return _mm256_castsi256_ps(_mm256_slli_epi32(pairs, 16)); }
    static Reg upper(Words pairs) {
        return _mm256_castsi256_ps(_mm256_and_si256(pairs, _mm256_set1_epi32(static_cast<int>(0xFFFF0000))));
    }
    static Reg addPairProducts(Words x, Words y, Reg sum) {
        return fma(upper(x), upper(y), fma(lower(x), lower(y), sum));
    }
    /// `x`: numbers -127..127 stored 128 higher, the same four in every lane; `weights`: -127..127. Products of
    /// magnitudes fit in 15 bits, so that the sum of two never saturates.
    static Words addQuadProducts(Words x, Words weights, Words sum) {
        const Words value = _mm256_xor_si256(x, _mm256_set1_epi8(static_cast<char>(0x80)));
        const Words pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(value), _mm256_sign_epi8(weights, value));
        return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    }
    static Reg quadSum(Words sum, const std::int32_t*) { return _mm256_cvtepi32_ps(sum); }
};

} // namespace

const Kernels& avx2Kernels() {
    static constexpr Kernels kernels = VectorKernels<Avx2>::table("avx2");
    return kernels;
}

} // namespace continuo::inference
