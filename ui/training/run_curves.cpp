#include "ui/training/run_curves.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {

const std::vector<double>& Curve::along(Progress axis) const {
    return axis == Progress::Steps ? steps : axis == Progress::Time ? seconds : tokens;
}

void Curve::cutFrom(double step) {
    const auto kept = static_cast<std::size_t>(std::ranges::lower_bound(steps, step) - steps.begin());
    for (auto* column : {&steps, &seconds, &tokens, &values}) column->resize(kept);
}

void RunCurves::add(const runs::MetricPoint& point) {
    if (point.step < lastStep_)
        for (auto& [name, curve] : curves_) curve.cutFrom(static_cast<double>(point.step));
    for (const auto& [name, value] : point.values) {
        auto& curve = curves_[name];
        if (!curve.isEmpty() && curve.steps.back() >= static_cast<double>(point.step))
            curve.cutFrom(static_cast<double>(point.step));
        curve.steps.push_back(static_cast<double>(point.step));
        curve.seconds.push_back(point.seconds);
        curve.tokens.push_back(static_cast<double>(point.tokens));
        curve.values.push_back(value);
    }
    lastStep_ = point.step;
    lastSeconds_ = point.seconds;
    lastTokens_ = static_cast<double>(point.tokens);
}

const Curve& RunCurves::curve(std::string_view name) const {
    static const Curve kNone;
    const auto found = curves_.find(name);
    return found == curves_.end() ? kNone : found->second;
}

double RunCurves::lastAlong(Progress axis) const {
    if (axis == Progress::Time) return lastSeconds_;
    return axis == Progress::Tokens ? lastTokens_ : static_cast<double>(std::max<std::int64_t>(lastStep_, 0));
}

namespace {

/// One pass of the average over `order` (indices), in place.
template <typename Iterator>
void average(Iterator first, Iterator last, double keep) {
    double state = 0;
    bool started = false;
    for (; first != last; ++first) {
        if (!std::isfinite(*first)) continue;
        state = started ? keep * state + (1 - keep) * *first : *first;
        started = true;
        *first = state;
    }
}

} // namespace

std::vector<double> trendOf(const std::vector<double>& values, double amount) {
    auto trend = values;
    const auto span = amount * amount * 0.1 * static_cast<double>(values.size());
    if (span < 1) return trend;
    const double keep = 1 - 1 / span;
    average(trend.begin(), trend.end(), keep);
    average(trend.rbegin(), trend.rend(), keep);
    return trend;
}

std::size_t nearestIndex(const std::vector<double>& positions, double at) {
    const auto after = std::ranges::lower_bound(positions, at);
    if (after == positions.begin()) return 0;
    if (after == positions.end()) return positions.size() - 1;
    const auto index = static_cast<std::size_t>(after - positions.begin());
    return at - positions[index - 1] <= positions[index] - at ? index - 1 : index;
}

} // namespace continuo::ui
