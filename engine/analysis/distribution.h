#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace continuo::analysis {

/// What a list of values comes to.
struct Distribution {
    std::size_t count = 0;
    double mean = 0;
    double deviation = 0; // of a sample: divided by count - 1; 0 for fewer than two values
    double minimum = 0, maximum = 0;
    double total = 0;
    std::vector<std::size_t> bins; // equal widths from minimum to maximum, the last one closed
};

Distribution distributionOf(std::span<const double> values, std::size_t bins = 20);

/// Half the width of the 95 % confidence interval of the mean, by Student's t; 0 for fewer than two values.
double confidence95(const Distribution& distribution);

/// The 97.5 % quantile of Student's t with so many degrees of freedom (Abramowitz and Stegun 26.7.5; from a table up to
/// 8).
double studentQuantile(std::size_t freedom);

} // namespace continuo::analysis
