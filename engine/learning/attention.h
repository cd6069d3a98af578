#pragma once

#include "engine/learning/torch.h"

#include <vector>

namespace continuo::learning {

/// Self-attention in which a row sees itself and earlier rows (Vaswani et al., "Attention Is All You Need", NeurIPS
/// 2017, section 3.2), heads 64 wide. qkv      [batch, time, 3, heads, 64]: queries, keys, values slopes   of ALiBi,
/// one a head; empty: no bias by distance bias     [1 or batch, 1 or heads, time, time] float32: added to scores in
/// place of slopes and causal mask; or undefined dropout  share of the weights dropped returns  [batch, time, heads ·
/// 64] of qkv's type In bfloat16, with neither bias nor dropout, by a kernel of ours where the processor has the
/// instructions.
at::Tensor causalAttention(const at::Tensor& qkv, const std::vector<float>& slopes, const at::Tensor& bias,
                           double dropout);

/// The same by LibTorch alone: what the kernel is held to.
at::Tensor plainCausalAttention(const at::Tensor& qkv, const std::vector<float>& slopes, const at::Tensor& bias,
                                double dropout);

/// Slopes and causal mask as one additive bias [1, 1 or heads, time, time] float32.
at::Tensor causalBias(std::int64_t heads, std::int64_t time, const std::vector<float>& slopes);

} // namespace continuo::learning
