#pragma once

#include "engine/inference/avx512_vector.h"

namespace continuo::inference {
namespace {

/// With VNNI: unsigned times signed bytes, so the sum holds 128 times the weights too many.
struct Avx512Vnni : Avx512 {
    static constexpr int kQuadInputs = 6;
    /// _mm512_dpbusd_epi32, around which g++ 12 copies the sum twice: with 24 sums at once that halves the speed.
    static Words addQuadProducts(Words x, Words weights, Words sum) {
        asm("vpdpbusd %2, %1, %0" : "+v"(sum) : "v"(x), "v"(weights));
        return sum;
    }
    static Reg quadSum(Words sum, const std::int32_t* offsets) {
        return _mm512_cvtepi32_ps(_mm512_sub_epi32(sum, _mm512_load_si512(offsets)));
    }
};

} // namespace
} // namespace continuo::inference
