#include "engine/inference/kernels.h"

#include "engine/inference/kernel_sets.h"

namespace continuo::inference {
namespace {

#if CONTINUO_X86_KERNELS
bool hasAvx512() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl");
}
#endif

} // namespace

std::vector<const Kernels*> usableKernels() {
    std::vector<const Kernels*> usable{&scalarKernels()};
#if CONTINUO_X86_KERNELS
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) usable.push_back(&avx2Kernels());
    if (!hasAvx512()) return usable;
    usable.push_back(&avx512Kernels());
    if (!__builtin_cpu_supports("avx512vnni")) return usable;
    usable.push_back(&avx512VnniKernels());
    if (__builtin_cpu_supports("avx512bf16")) usable.push_back(&avx512Bf16Kernels());
#endif
    return usable;
}

const Kernels& bestKernels() {
    static const Kernels& best = *usableKernels().back();
    return best;
}

} // namespace continuo::inference
