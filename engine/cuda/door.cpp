#include "engine/cuda/door.h"

#include <algorithm>
#include <c10/cuda/CUDAFunctions.h>
#include <cuda_runtime_api.h>
#include <exception>
#include <string>

namespace {

int answer(ContinuoGpu& gpu, int code, const std::string& text) {
    gpu.text[text.copy(gpu.text, sizeof gpu.text - 1)] = '\0';
    return code;
}

int look(ContinuoGpu& gpu) {
    int count = 0;
    if (const auto error = cudaGetDeviceCount(&count); error != cudaSuccess || count == 0)
        return answer(gpu, 1, std::string("CUDA finds no GPU (") + cudaGetErrorString(error) + ")");
    cudaDeviceProp facts{};
    if (const auto error = cudaGetDeviceProperties(&facts, 0); error != cudaSuccess)
        return answer(gpu, 1, std::string("the GPU does not answer (") + cudaGetErrorString(error) + ")");
    c10::cuda::set_device(0);
    return answer(gpu, 0, std::string(facts.name) + ", " + std::to_string(facts.totalGlobalMem >> 20) + " MB");
}

} // namespace

int continuoCuda(ContinuoGpu* gpu) {
    if (gpu->size != sizeof(ContinuoGpu)) return 1;
    try {
        return look(*gpu);
    } catch (const std::exception& problem) { // nothing may fly through the door
        const std::string text = problem.what();
        return answer(*gpu, 1, text.substr(0, text.find('\n')));
    }
}
