#pragma once

#include <cstdint>
#include <immintrin.h>

#include "engine/inference/kernels.h"

/// Sixteen floats for vector_kernels.h: included only by files that are compiled for AVX-512.
namespace continuo::inference {
namespace {

/// Four vectors of rows times six inputs use 24 of the 32 registers for sums.
struct Avx512 {
    using Reg = __m512;
    using Words = __m512i; // sixteen groups of four bytes
    static constexpr std::int64_t kLanes = 16;
    static constexpr int kInputs = 6;
    static constexpr int kPairInputs = 4;
    static constexpr int kQuadInputs = 4;
    static constexpr int kStripVectors = 4;
    static constexpr int kQueries = 4;

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

    static Words zeroWords() { return _mm512_setzero_si512(); }
    static Words loadWords(const void* at) { return _mm512_load_si512(at); }
    static Words broadcastWord(const void* at) {
        int word = 0;
        __builtin_memcpy(&word, at, sizeof word);
        return _mm512_set1_epi32(word);
    }
    static void storeBf16(Bf16* at, Reg x) {
        const Words bits = _mm512_castps_si512(x);
        const Words odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
        const Words rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
        _mm256_store_si256(reinterpret_cast<__m256i*>(at), _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16)));
    }
    static void storeQuantized(std::uint8_t* at, Reg x) {
        const Words whole = _mm512_add_epi32(_mm512_cvtps_epi32(x), _mm512_set1_epi32(128));
        _mm_store_si128(reinterpret_cast<__m128i*>(at), _mm512_cvtepi32_epi8(whole));
    }

    static Reg lower(Words pairs) { return _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16)); }
    static Reg upper(Words pairs) {
        return _mm512_castsi512_ps(_mm512_and_si512(pairs, _mm512_set1_epi32(static_cast<int>(0xFFFF0000))));
    }
    static Reg addPairProducts(Words x, Words y, Reg sum) {
        return fma(upper(x), upper(y), fma(lower(x), lower(y), sum));
    }
    /// `x`: numbers -127..127 stored 128 higher, the same four in every lane; `weights`: -127..127. Products of
    /// magnitudes fit in 15 bits, so that the sum of two never saturates.
    static Words addQuadProducts(Words x, Words weights, Words sum) {
        const Words value = _mm512_xor_si512(x, _mm512_set1_epi8(static_cast<char>(0x80)));
        const Words directed =
            _mm512_mask_sub_epi8(weights, _mm512_movepi8_mask(value), _mm512_setzero_si512(), weights);
        const Words pairs = _mm512_maddubs_epi16(_mm512_abs_epi8(value), directed);
        return _mm512_add_epi32(sum, _mm512_madd_epi16(pairs, _mm512_set1_epi16(1)));
    }
    static Reg quadSum(Words sum, const std::int32_t*) { return _mm512_cvtepi32_ps(sum); }
};

} // namespace
} // namespace continuo::inference
