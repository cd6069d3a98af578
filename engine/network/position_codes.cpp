#include "engine/network/position_codes.h"

#include <bit>
#include <cmath>

namespace continuo::network {

std::vector<float> alibiSlopes(std::int64_t heads) {
    const auto lower = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(heads)));
    const auto slope = [](std::int64_t of, std::int64_t index) {
        return static_cast<float>(std::exp2(-8.0 * static_cast<double>(index + 1) / static_cast<double>(of)));
    };
    std::vector<float> slopes;
    for (std::int64_t head = 0; head < heads; ++head)
        slopes.push_back(head < lower ? slope(lower, head) : slope(2 * lower, 2 * (head - lower)));
    return slopes;
}

const std::array<float, kRotaryWidth / 2>& rotaryFrequencies() {
    static const auto table = [] {
        std::array<float, kRotaryWidth / 2> frequencies{};
        for (std::size_t i = 0; i < frequencies.size(); ++i)
            frequencies[i] = static_cast<float>(1.0 / std::pow(10'000.0, 2.0 * static_cast<double>(i) / kRotaryWidth));
        return frequencies;
    }();
    return table;
}

} // namespace continuo::network
