#pragma once

#include "engine/learning/cross_entropy.h"
#include "engine/learning/illegal_mass.h"
#include "engine/learning/transformer.h"
#include "engine/tokens/row.h"

#include <span>
#include <string_view>
#include <vector>

namespace continuo::learning {

/// Which predictions a loss counts. As it stands: every field that a real row fills, so that the loss is what a row
/// costs a sampler that knows which fields its type leaves empty.
struct LossRules {
    bool emptyFields = false; // fields that are 0 by the type of their row count too
    bool padding = false;     // rows of padding are predicted too, as id 0 everywhere
    PaddedRows paddedRows = PaddedRows::Attend;
};
/// none: as above. midi-lm, mmt: as the references train, whose losses depend on how a batch is padded.
LossRules lossRules(std::string_view parity);

/// Windows of rows as tensors: each row is to be predicted from those before it.
struct Batch {
    at::Tensor inputs;     // [batch, time, streams] int64, the end padded with 0
    at::Tensor isReal;     // [batch, time] bool; undefined where no row of padding is predicted
    at::Tensor targets;    // [predicted, streams] int64; −1: not counted
    at::Tensor positions;  // [predicted] int64: where in batch × time each target is predicted from
    std::int64_t rows = 0; // predicted rows that are real

    Batch to(at::Device device) const;
};

/// `windows` in runs of at most about `rows` places each, padding counted, at least a window a run: those of sorted
/// windows have little padding.
std::vector<std::span<const tokens::Rows>> inRuns(std::span<const tokens::Rows> windows, std::size_t rows);

/// In runs of about 4,096 rows — longer ones are no faster on a processor — or of shorter ones, down to 1,024, where
/// more than 3 % of those would be padding.
std::vector<std::span<const tokens::Rows>> inEvenRuns(std::span<const tokens::Rows> sorted);

/// The first fields of each row, one a stream of the net.
Batch makeBatch(std::span<const tokens::Rows> windows, const network::NetworkOptions& net, const LossRules& rules = {});

/// Losses of a batch: the mean over its predicted rows.
FieldLosses batchLosses(const Transformer& net, const Batch& batch, const Dropouts& dropouts = {},
                        const LossRules& rules = {});

/// Of a structured net: illegalSums.
at::Tensor batchIllegalSums(const at::Tensor& logits, const Batch& batch, const LossRules& rules = {});
IllegalMass batchIllegalMass(const at::Tensor& logits, const Batch& batch, const LossRules& rules = {});

/// [predicted, sum of vocabularies]
at::Tensor batchLogits(const Transformer& net, const Batch& batch, const Dropouts& dropouts = {},
                       const LossRules& rules = {});

} // namespace continuo::learning
