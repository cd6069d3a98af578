#pragma once

#include <array>
#include <cstdint>
#include <vector>

/// The constants of position codes that have nothing to learn; decoder and trainer share them.
namespace continuo::network {

/// ALiBi: the score of a key is lowered by slope · distance. Slope of each head (Press, Smith and Lewis, "Train Short,
/// Test Long", ICLR 2022): 2^(-8/n), 2^(-16/n) …; where n is not a power of two, those of the lower power of two, then
/// every second of the doubled set.
std::vector<float> alibiSlopes(std::int64_t heads);

/// Rotary codes (Su et al., "RoFormer", 2021) turn the first 32 channels of a head: channels i and 16 + i, i < 16, are
/// one plane, turned by position · rotaryFrequencies()[i]:
///     x'[i]      = x[i] cos − x[16 + i] sin
///     x'[16 + i] = x[16 + i] cos + x[i] sin
/// x-transformers 0.25.9, which the published MMT uses, does so to queries, keys and values alike.
constexpr std::int64_t kRotaryWidth = 32;
const std::array<float, kRotaryWidth / 2>& rotaryFrequencies(); // 10000^(-2 i / 32)

} // namespace continuo::network
