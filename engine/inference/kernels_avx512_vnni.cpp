#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include "engine/inference/avx512_vnni_vector.h"

namespace continuo::inference {

const Kernels& avx512VnniKernels() {
    static constexpr Kernels kernels = VectorKernels<Avx512Vnni>::table("avx-512 vnni");
    return kernels;
}

} // namespace continuo::inference
