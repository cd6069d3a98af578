#pragma once

#include "engine/learning/attention_kernel.h"

#include <cstddef>
#include <cstdlib>
#include <immintrin.h>

/// What the AVX-512 BF16 kernels share. Only for files compiled for such processors; these use no function of the
/// standard library that another file could come to share.
namespace continuo::learning::vectors {

inline constexpr std::int64_t kLanes = 16;

inline std::int64_t roundedUp(std::int64_t count, std::int64_t to) { return (count + to - 1) / to * to; }

/// Memory at a multiple of 64 bytes that only grows.
class Scratch {
public:
    Scratch() = default;
    ~Scratch() { std::free(memory_); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    std::byte* take(std::int64_t bytes) {
        const auto size = roundedUp(bytes, 64);
        if (size > size_) {
            std::free(memory_);
            memory_ = static_cast<std::byte*>(std::aligned_alloc(64, static_cast<std::size_t>(size)));
            size_ = size;
        }
        return memory_;
    }

private:
    std::byte* memory_ = nullptr;
    std::int64_t size_ = 0;
};

/// 2^x for x <= 127; far below -126, and of minus infinity, it is 0. Relative error 2e-7.
inline __m512 exp2(__m512 exponent) {
    const auto x = _mm512_max_ps(exponent, _mm512_set1_ps(-200.0F));
    const auto whole = _mm512_roundscale_ps(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const auto f = _mm512_sub_ps(x, whole);
    auto y = _mm512_set1_ps(1.3333558146e-3F);
    y = _mm512_fmadd_ps(y, f, _mm512_set1_ps(9.6181291076e-3F));
    y = _mm512_fmadd_ps(y, f, _mm512_set1_ps(5.5504108664e-2F));
    y = _mm512_fmadd_ps(y, f, _mm512_set1_ps(2.4022650696e-1F));
    y = _mm512_fmadd_ps(y, f, _mm512_set1_ps(6.9314718056e-1F));
    y = _mm512_fmadd_ps(y, f, _mm512_set1_ps(1.0F));
    return _mm512_scalef_ps(y, whole);
}

inline __m512 widened(__m256i halves) {
    return _mm512_castsi512_ps(_mm512_slli_epi32(_mm512_cvtepu16_epi32(halves), 16));
}

inline __m512 toFloats(const Bfloat16* at) { return widened(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(at))); }

inline __m512 toFloats(const Bfloat16* at, __mmask16 lanes) { return widened(_mm256_maskz_loadu_epi16(lanes, at)); }

inline __m256i rounded(__m512 x) { return reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)); }

inline void storeRounded(Bfloat16* at, __m512 x) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(at), rounded(x)); }

inline void storeRounded(Bfloat16* at, __m512 x, __mmask16 lanes) { _mm256_mask_storeu_epi16(at, lanes, rounded(x)); }

/// The first `count` lanes; all from 16 on, none below 1.
inline __mmask16 firstLanes(std::int64_t count) {
    if (count >= kLanes) return 0xffff;
    return static_cast<__mmask16>(count <= 0 ? 0 : (1U << count) - 1U);
}

} // namespace continuo::learning::vectors
