#pragma once

#include "engine/learning/torch.h"

#include <vector>

namespace continuo::learning {

/// Cross entropies of several heads whose logits lie side by side.
struct FieldLosses {
    at::Tensor total;  // scalar, differentiable: sum over the heads of the sum over the rows, divided by all rows
    at::Tensor fields; // [streams] float32: each one's share of it, for reading only
};

/// logits        [rows, sum of vocabularies]
/// targets       [rows, streams] int64; −1: not counted, adds nothing and has no gradient
/// The gradient is formed in the forward pass, in the memory of one logits-sized tensor.
FieldLosses fieldCrossEntropy(const at::Tensor& logits, const at::Tensor& targets,
                              const std::vector<std::int64_t>& vocabularies);

} // namespace continuo::learning
