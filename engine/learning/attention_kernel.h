#pragma once

#include <cstdint>

/// Causal attention of one head over one window in bfloat16, forwards and backwards, for processors that multiply it
/// (AVX-512 BF16). Scores never leave the caches: blocks of them are made, used and forgotten (Dao et al.,
/// "FlashAttention", NeurIPS 2022; the backward pass makes them anew from one number a row).
namespace continuo::learning {

using Bfloat16 = std::uint16_t; // its bits

/// Rows of 64 channels, `stride` values apart.
template <typename Value>
struct HeadRows {
    Value* first = nullptr;
    std::int64_t stride = 0;

    Value* row(std::int64_t index) const { return first + index * stride; }
};

struct HeadInputs {
    HeadRows<const Bfloat16> query, key, value;
    std::int64_t time = 0; // rows
    float slope = 0;       // of ALiBi: the score of a key falls by so much a row of distance
};

bool hasAttentionKernel();

/// Scores are divided by 8, the root of the head's width. logSums [time]: what attendBackward needs of each row.
/// Uses memory of the calling thread that stays for the next call.
void attend(const HeadInputs& inputs, HeadRows<Bfloat16> out, float* logSums);

struct HeadGradients {
    HeadRows<Bfloat16> query, key, value;
};
/// From the gradient of `out`.
void attendBackward(const HeadInputs& inputs, HeadRows<const Bfloat16> out, HeadRows<const Bfloat16> outGradient,
                    const float* logSums, const HeadGradients& gradients);

} // namespace continuo::learning
