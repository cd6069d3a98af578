#include "engine/inference/kernels.h"

#include "engine/inference/kernel_sets.h"

namespace continuo::inference {

std::vector<const Kernels*> usableKernels() {
    std::vector<const Kernels*> usable{&scalarKernels()};
#if CONTINUO_X86_KERNELS
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.push_back(&avx2Kernels());
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) usable.push_back(&avx512Kernels());
#endif
    return usable;
}

const Kernels& bestKernels() {
    static const Kernels& best = *usableKernels().back();
    return best;
}

} // namespace continuo::inference
