#pragma once

namespace continuo::inference {

struct Kernels;

/// Defined in files that are compiled for these instructions: call them only after asking the processor.
const Kernels& avx2Kernels();
const Kernels& avx512Kernels();

} // namespace continuo::inference
