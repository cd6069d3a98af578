#pragma once

#include "engine/learning/torch.h"

#include <utility>
#include <vector>

/// What a block does to rows between its products, as differentiable functions. Where products are in bfloat16 and the
/// processor has the instructions each is one pass over memory (row_kernels.h); elsewhere LibTorch's own functions do
/// the same. A test holds the two together.
namespace continuo::learning {

/// Whether the one-pass functions are in use: inside autocast to bfloat16, on such a processor.
bool usesRowKernels();

/// Whether this processor has kernels for bfloat16 that are not switched off.
bool hasKernels();

/// Switches all kernels of this folder off while it lives, on this thread: for comparisons.
class PlainKernels {
public:
    PlainKernels();
    ~PlainKernels();
    PlainKernels(const PlainKernels&) = delete;
    PlainKernels& operator=(const PlainKernels&) = delete;
};

struct NormWeights {
    at::Tensor gain, bias; // [width]
};

/// x           [..., width] float32, the residual stream
/// y           [..., width], what a half block adds to it, after dropping `share` of it; undefined: nothing
/// isWide      whether the norm comes in float32; else in the type of products
/// returns     x + y, and its layer norm
std::pair<at::Tensor, at::Tensor> addAndNormalize(const at::Tensor& x, const at::Tensor& y, double share,
                                                  const NormWeights& norm, bool isWide = false);

/// The exact GELU, after it dropping `share`.
at::Tensor geluAndDrop(const at::Tensor& x, double share);

/// The sum over the streams of rows of one table, plus a row for each place.
/// table      [rows, width] float32
/// ids        [batch, time, streams] int64
/// positions  [time, width] float32 or undefined
/// returns    [batch, time, width] float32
at::Tensor embedRows(const at::Tensor& table, const at::Tensor& ids, const at::Tensor& positions);

} // namespace continuo::learning
