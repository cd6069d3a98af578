#pragma once

#include "engine/inference/loaded_model.h"
#include "engine/inference/sampler_settings.h"
#include "engine/tokens/row.h"

#include <cstdint>
#include <functional>
#include <stop_token>

namespace continuo::evaluation {

/// Pieces from nothing but the begin symbol, each until its end symbol or the limit of rows (unconditioned generation
/// of Dong et al., "Multitrack Music Transformer", ICASSP 2023, section 3.3).
struct FreshPieces {
    std::size_t count = 32;
    std::int64_t rows = 1024; // at most; the model's own limit holds too
    std::uint64_t seed = 1;   // piece i depends on seed + i alone
    inference::SamplerSettings sampler;
    int threads = 1; // 1 or 2
};

/// Called for each finished piece, in the order in which they finish.
using PieceSink = std::function<void(std::size_t index, tokens::Rows rows)>;

/// Called now and then with the rows drawn so far over all pieces.
using RowCount = std::function<void(std::int64_t rows)>;

/// Draws the pieces, several at a time over one reading of the weights. A stop leaves the unfinished ones out. Fails
/// where memory is short or the sampler's settings are out of range.
base::Status drawFreshPieces(const inference::LoadedModel& model, const FreshPieces& wanted, const PieceSink& finished,
                             const RowCount& progress = {}, std::stop_token stop = {});

} // namespace continuo::evaluation
