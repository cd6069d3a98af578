#pragma once

#include "engine/analysis/piece_metrics.h"
#include "engine/corpus/dataset.h"
#include "engine/tokens/tokenizer.h"

#include <functional>
#include <stop_token>
#include <vector>

namespace continuo::evaluation {

/// Measures of many pieces.
struct MeasuredSet {
    std::vector<analysis::PieceMetrics> pieces;
    std::size_t empty = 0;   // without a note: not among the pieces
    std::size_t refused = 0; // rows that could not be decoded, or scores that the tokenizer refuses
};

/// Adds what rows say, cut to the first `beats` quarter notes.
void measureRows(MeasuredSet& set, const tokens::Rows& rows, const tokens::TokenizerSettings& tokenizer,
                 std::int64_t beats);

/// Called after each piece.
using PieceProgress = std::function<void(std::size_t done, std::size_t total)>;

/// The pieces of one part as a net with this tokenizer sees them: encoded to at most its rows, decoded, cut to the
/// first `beats` quarter notes. So samples and ground truth pass through the same loss of detail.
MeasuredSet measurePart(const corpus::Dataset& dataset, corpus::Part part, const tokens::TokenizerSettings& tokenizer,
                        std::int64_t beats, const PieceProgress& progress = {}, std::stop_token stop = {});

} // namespace continuo::evaluation
