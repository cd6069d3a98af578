#include "engine/analysis/distribution.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace continuo::analysis {

Distribution distributionOf(std::span<const double> values, std::size_t bins) {
    Distribution result;
    result.count = values.size();
    if (values.empty()) return result;
    const auto [least, most] = std::ranges::minmax(values);
    result.minimum = least;
    result.maximum = most;
    for (const auto value : values) result.total += value;
    result.mean = result.total / static_cast<double>(values.size());
    double squares = 0;
    for (const auto value : values) squares += (value - result.mean) * (value - result.mean);
    if (values.size() > 1) result.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
    result.bins.assign(bins, 0);
    const double width = (most - least) / static_cast<double>(bins);
    for (const auto value : values) {
        const auto bin = width > 0 ? static_cast<std::size_t>((value - least) / width) : 0;
        ++result.bins[std::min(bin, bins - 1)];
    }
    return result;
}

double confidence95(const Distribution& distribution) {
    if (distribution.count < 2) return 0;
    return studentQuantile(distribution.count - 1) * distribution.deviation /
           std::sqrt(static_cast<double>(distribution.count));
}

double studentQuantile(std::size_t freedom) {
    static constexpr std::array kFew{12.70620, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.30600};
    if (freedom == 0) return 0;
    if (freedom <= kFew.size()) return kFew[freedom - 1];
    constexpr double z = 1.959963984540054;
    constexpr double z2 = z * z;
    const auto n = static_cast<double>(freedom);
    return z + z * (z2 + 1) / (4 * n) + z * ((5 * z2 + 16) * z2 + 3) / (96 * n * n) +
           z * (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * n * n * n) +
           z * ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / (92160 * n * n * n * n);
}

} // namespace continuo::analysis
