#pragma once

#include "engine/inference/aligned_buffer.h"
#include "engine/inference/kernels.h"

#include <algorithm>

namespace continuo::inference {

/// Keys and values of every position, layer and head, in the kernels' layout: keys as [position / 16][64][16], values
/// as [position][64].
class KeyValueCache {
public:
    KeyValueCache(std::int64_t layers, std::int64_t heads, std::int64_t positions)
        : heads_(heads), perHead_((positions + kKeyBlock - 1) / kKeyBlock * kKeyBlock * kHeadWidth),
          memory_(static_cast<std::size_t>(2 * layers * heads * perHead_)) {}

    const float* keys(std::int64_t layer, std::int64_t head) const { return memory_.data() + place(layer, head); }
    const float* values(std::int64_t layer, std::int64_t head) const { return keys(layer, head) + perHead_; }

    /// `key` and `value`: 64 floats each.
    void store(std::int64_t layer, std::int64_t head, std::int64_t position, const float* key, const float* value) {
        auto* keys = memory_.data() + place(layer, head);
        auto* column = keys + position / kKeyBlock * kKeyBlock * kHeadWidth + position % kKeyBlock;
        for (std::int64_t channel = 0; channel < kHeadWidth; ++channel) column[channel * kKeyBlock] = key[channel];
        std::copy_n(value, kHeadWidth, keys + perHead_ + position * kHeadWidth);
    }

private:
    std::int64_t place(std::int64_t layer, std::int64_t head) const { return 2 * (layer * heads_ + head) * perHead_; }

    std::int64_t heads_;
    std::int64_t perHead_;
    AlignedBuffer memory_;
};

} // namespace continuo::inference
