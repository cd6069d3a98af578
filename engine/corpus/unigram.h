#pragma once

#include "engine/tokens/tokenizer.h"

#include <span>

namespace continuo::corpus {

/// The loss of the best net that sees no context: each field drawn by its frequency among the rows of `training` (ids
/// within `vocabulary` smoothed by one count), as the mean over the predicted rows of `evaluated` (all but the first of
/// each window) of the sum of six cross entropies, in nats. What a trained net must beat. Without `emptyFields`, id 0
/// beyond the first field means that a row has no such field: it costs nothing and is not drawn.
double unigramLoss(std::span<const tokens::Rows> training, std::span<const tokens::Rows> evaluated,
                   const tokens::Row& vocabulary, bool emptyFields = true);

} // namespace continuo::corpus
