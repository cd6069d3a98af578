#pragma once

#include <cstddef>

/// The door of libcontinuo_cuda.so. Opening the module loads LibTorch's CUDA part, which registers itself with the
/// LibTorch that is already in the process; from then on tensors can live on a GPU.
extern "C" {

struct ContinuoGpu {
    std::size_t size; // of this struct
    char text[256];   // the name and memory of the GPU, or a sentence why there is none
};

/// 0: there is a GPU. Waits for nothing and allocates nothing on it.
[[gnu::visibility("default")]] int continuoCuda(ContinuoGpu* gpu);
}
