#pragma once

#include "engine/learning/cross_entropy.h"
#include "engine/learning/transformer.h"
#include "engine/tokens/row.h"

#include <span>

namespace continuo::learning {

/// Windows of rows as tensors: each row is to be predicted from those before it.
struct Batch {
    at::Tensor inputs;     // [batch, time, fields] int64, the end padded with 0
    at::Tensor targets;    // [predicted, fields] int64
    at::Tensor positions;  // [predicted] int64: where in batch × time each target is predicted from
    std::int64_t rows = 0; // predicted rows that are real
};

/// `padding` also predicts the padded rows (as id 0 everywhere), which is what midi-lm trains on.
enum class Padding { Ignored, Predicted };
Batch makeBatch(std::span<const tokens::Rows> windows, Padding padding = Padding::Ignored);

/// Losses of a batch: the mean over its predicted rows.
FieldLosses batchLosses(const Transformer& net, const Batch& batch, const Dropouts& dropouts = {});

} // namespace continuo::learning
