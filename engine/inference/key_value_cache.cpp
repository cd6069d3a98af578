#include "engine/inference/key_value_cache.h"

#include <algorithm>
#include <array>

namespace continuo::inference {

KeyValueCache::KeyValueCache(std::int64_t layers, std::int64_t heads, std::int64_t positions, Precision precision)
    : layers_(layers), heads_(heads), perHead_(scoreRoom(positions) * kHeadWidth),
      rounded_(precision != Precision::Fp32),
      // Numbers of 32 bits on small pages: a net of that precision is large enough without the pages of keys to come.
      memory_(static_cast<std::size_t>(2 * layers * heads * perHead_ / (rounded_ ? 2 : 1)),
              rounded_ ? Pages::Huge : Pages::Small) {}

void KeyValueCache::store(std::int64_t layer, std::int64_t head, std::int64_t position, const float* key,
                          const float* value) {
    const auto block = position / kKeyBlock * kKeyBlock * kHeadWidth;
    const auto column = position % kKeyBlock;
    if (!rounded_) {
        auto* keys = memory_.data() + place(layer, head);
        for (std::int64_t channel = 0; channel < kHeadWidth; ++channel)
            keys[block + channel * kKeyBlock + column] = key[channel];
        std::copy_n(value, kHeadWidth, keys + perHead_ + position * kHeadWidth);
        return;
    }
    std::array<Bf16, kHeadWidth> rounded;
    auto* keys = reinterpret_cast<Bf16*>(memory_.bytes()) + place(layer, head);
    std::transform(key, key + kHeadWidth, rounded.begin(), toBf16);
    for (std::int64_t channel = 0; channel < kHeadWidth; channel += 2)
        std::copy_n(&rounded[static_cast<std::size_t>(channel)], 2, keys + block + channel * kKeyBlock + 2 * column);
    auto* values = keys + perHead_ + position / 2 * 2 * kHeadWidth + position % 2;
    std::transform(value, value + kHeadWidth, rounded.begin(), toBf16);
    for (std::size_t channel = 0; channel < rounded.size(); ++channel) values[2 * channel] = rounded[channel];
}

void KeyValueCache::copy(const KeyValueCache& from, std::int64_t length) {
    const auto size = rounded_ ? sizeof(Bf16) : sizeof(float);
    const auto bytes = static_cast<std::size_t>(scoreRoom(length) * kHeadWidth) * size;
    for (std::int64_t part = 0; part < 2 * layers_ * heads_; ++part) {
        const auto at = static_cast<std::size_t>(part * perHead_) * size;
        std::copy_n(from.memory_.bytes() + at, bytes, memory_.bytes() + at);
    }
}

} // namespace continuo::inference
