#pragma once

#include "engine/learning/attention_kernel.h"

#include <span>

/// What a training step does to rows between its products, each in one pass over memory: for processors with AVX-512
/// BF16 (hasRowKernels). Products are in bfloat16, the residual stream, statistics and sums in float32.
namespace continuo::learning {

bool hasRowKernels();

/// Which values stay: a function of seed and place, so that no mask is kept (Wellons' "lowbias32" mix of the place).
/// The rest are scaled up (Srivastava et al., JMLR 2014).
struct Dropping {
    float share = 0;
    std::uint32_t seed = 0;

    bool keeps(std::uint32_t place) const;
    float scale() const { return 1 / (1 - share); }
    /// Of 2^32 mixes those below are dropped.
    std::uint32_t limit() const { return static_cast<std::uint32_t>(static_cast<double>(share) * 0x1p32); }
};

struct RowNorm {
    const float* gain = nullptr;
    const float* bias = nullptr;
};

/// One row of `width`, a multiple of 16.
struct AddedRow {
    const float* stream = nullptr;     // x
    const Bfloat16* added = nullptr;   // y, or null
    std::uint32_t place = 0;           // of the row's first value, for Dropping
    float* sum = nullptr;              // x + dropped y; may be null where `added` is
    Bfloat16* normalized = nullptr;    // its layer norm (Ba, Kiros and Hinton, 2016) …
    float* normalizedWide = nullptr;   // … or here
    float* mean = nullptr;             // of the sum: one value
    float* inverseDeviation = nullptr; // one value
};
void addAndNormalize(const AddedRow& row, const Dropping& dropping, const RowNorm& norm, std::int64_t width);

struct AddedRowGradient {
    const float* sum = nullptr; // what the forward pass gave
    float mean = 0, inverseDeviation = 0;
    const float* sumGradient = nullptr;           // or null
    const Bfloat16* normalizedGradient = nullptr; // one of these two
    const float* normalizedGradientWide = nullptr;
    std::uint32_t place = 0;
    float* streamGradient = nullptr;
    Bfloat16* addedGradient = nullptr; // or null
    float* gainGradient = nullptr;     // [width], added to
    float* biasGradient = nullptr;     // [width], added to
};
void addAndNormalizeBackward(const AddedRowGradient& row, const Dropping& dropping, const RowNorm& norm,
                             std::int64_t width);

/// x Φ(x) with the exact Φ (Hendrycks and Gimpel, 2016), then dropping. `count` values from `place` on.
void gelu(const Bfloat16* in, Bfloat16* out, std::int64_t count, std::uint32_t place, const Dropping& dropping);
void geluBackward(const Bfloat16* in, const Bfloat16* outGradient, Bfloat16* inGradient, std::int64_t count,
                  std::uint32_t place, const Dropping& dropping);

/// One row of logits, head after head. Losses: one a head, 0 where its target is −1. Gradients: of the sum of the
/// losses times `weight`.
void rowCrossEntropies(const Bfloat16* logits, const std::int64_t* targets, std::span<const std::int64_t> vocabularies,
                       float weight, float* losses, Bfloat16* gradients);

/// out = the sum of some rows of a table, and one more row where `extra` is not null.
void sumRows(const float* table, std::span<const std::int64_t> ids, const float* extra, std::int64_t width, float* out);
/// Adds columns first … end of `row` to those of some rows of a table's gradient.
void addToRows(const float* row, std::span<const std::int64_t> ids, std::int64_t width, std::int64_t first,
               std::int64_t end, float* table);

} // namespace continuo::learning
