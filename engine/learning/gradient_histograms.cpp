#include "engine/learning/gradient_histograms.h"

#include <cmath>

namespace continuo::learning {
namespace {

constexpr std::int64_t kBuckets = 64;

runs::Histogram histogramOf(const at::Tensor& values) {
    runs::Histogram histogram;
    histogram.least = values.min().item<double>();
    histogram.most = values.max().item<double>();
    histogram.count = static_cast<double>(values.numel());
    histogram.sum = values.sum(at::kDouble).item<double>();
    histogram.sumOfSquares = values.square().sum(at::kDouble).item<double>();
    if (!std::isfinite(histogram.sumOfSquares)) return histogram;
    if (histogram.least == histogram.most) { // equal edges mean "find them" to histc
        histogram.limits = {histogram.most};
        histogram.counts = {histogram.count};
        return histogram;
    }
    const auto counts =
        at::histc(values, kBuckets, histogram.least, histogram.most).to(at::kCPU, at::kDouble).contiguous();
    const auto width = (histogram.most - histogram.least) / kBuckets;
    for (std::int64_t i = 0; i < kBuckets; ++i) {
        histogram.limits.push_back(histogram.least + width * static_cast<double>(i + 1));
        histogram.counts.push_back(counts.data_ptr<double>()[i]);
    }
    return histogram;
}

} // namespace

std::vector<runs::NamedHistogram> gradientHistograms(const Transformer& net) {
    const at::NoGradGuard noGradient;
    std::vector<at::Tensor> gradients;
    for (const auto& leaf : net.leaves())
        gradients.push_back(leaf.grad().defined() ? leaf.grad() : at::zeros_like(leaf));
    std::vector<runs::NamedHistogram> all;
    for (const auto& [name, values] : net.named(gradients)) {
        auto histogram = histogramOf(values);
        if (!histogram.limits.empty()) all.push_back({"gradients/" + name, std::move(histogram)});
    }
    return all;
}

} // namespace continuo::learning
