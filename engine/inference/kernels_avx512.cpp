#include "engine/inference/kernel_sets.h"
#include "engine/inference/vector_kernels.h"

#include "engine/inference/avx512_vector.h"

namespace continuo::inference {

const Kernels& avx512Kernels() {
    static constexpr Kernels kernels = VectorKernels<Avx512>::table("avx-512");
    return kernels;
}

} // namespace continuo::inference
