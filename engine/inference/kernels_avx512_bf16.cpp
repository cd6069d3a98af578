#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include "engine/inference/avx512_vnni_vector.h"

namespace continuo::inference {
namespace {

/// With BF16: two products a lane in one instruction. Numbers below the smallest normal one count as zero.
struct Avx512Bf16 : Avx512Vnni {
    static constexpr int kPairInputs = 6;
    static void storeBf16(Bf16* at, Reg x) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(at), reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(x)));
    }
    static Reg addPairProducts(Words x, Words y, Reg sum) {
        return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(x), reinterpret_cast<__m512bh>(y));
    }
};

} // namespace

const Kernels& avx512Bf16Kernels() {
    static constexpr Kernels kernels = VectorKernels<Avx512Bf16>::table("avx-512 bf16");
    return kernels;
}

} // namespace continuo::inference
