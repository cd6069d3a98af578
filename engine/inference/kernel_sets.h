#pragma once

namespace continuo::inference {

struct Kernels;

/// Defined in files that are compiled for these instructions: call them only after asking the processor.
const Kernels& avx2Kernels();
const Kernels& avx512Kernels();     // AVX-512 F, BW, DQ, VL
const Kernels& avx512VnniKernels(); // with VNNI: int8 products in one instruction
const Kernels& avx512Bf16Kernels(); // with VNNI and BF16: bf16 products, too
} // namespace continuo::inference
