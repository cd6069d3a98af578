#pragma once

#include "engine/inference/aligned_buffer.h"
#include "engine/inference/kernels.h"
#include "engine/inference/precision.h"

namespace continuo::inference {

/// Keys and values of every position, layer and head of one sequence, in the kernels' layout (kernels.h): fp32 with
/// fp32 weights, bf16 with reduced ones.
class KeyValueCache {
public:
    KeyValueCache(std::int64_t layers, std::int64_t heads, std::int64_t positions, Precision precision);

    /// `Element`: float, or Bf16 where the precision is reduced.
    template <typename Element>
    const Element* keys(std::int64_t layer, std::int64_t head) const {
        return reinterpret_cast<const Element*>(memory_.bytes()) + place(layer, head);
    }
    template <typename Element>
    const Element* values(std::int64_t layer, std::int64_t head) const {
        return keys<Element>(layer, head) + perHead_;
    }

    /// `key` and `value`: 64 floats each.
    void store(std::int64_t layer, std::int64_t head, std::int64_t position, const float* key, const float* value);
    /// Takes over the first `length` positions of another of the same shape.
    void copy(const KeyValueCache& from, std::int64_t length);

private:
    std::int64_t place(std::int64_t layer, std::int64_t head) const { return 2 * (layer * heads_ + head) * perHead_; }

    std::int64_t layers_;
    std::int64_t heads_;
    std::int64_t perHead_; // elements of the keys, or of the values
    bool rounded_;
    AlignedBuffer memory_;
};

} // namespace continuo::inference
