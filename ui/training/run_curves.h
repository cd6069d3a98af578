#pragma once

#include "engine/runs/metrics_log.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::ui {

/// Names of values in metrics.jsonl that the studio draws.
inline constexpr const char* kTrainLoss = "train/loss";
inline constexpr const char* kValidationLoss = "val/loss";
inline constexpr const char* kLearningRate = "lr";
inline constexpr const char* kGradientNorm = "grad_norm";
inline constexpr const char* kTokensPerSecond = "tokens_per_second";

/// What the horizontal axis of a plot counts.
enum class Progress { Steps, Time, Tokens };

/// One value of a run over its steps; the four columns are equally long.
struct Curve {
    std::vector<double> steps, seconds, tokens, values;

    bool isEmpty() const { return values.empty(); }
    std::size_t size() const { return values.size(); }
    const std::vector<double>& along(Progress axis) const;
    /// Everything from `step` on is forgotten.
    void cutFrom(double step);
};

/// All values of a run. A resumed run repeats steps: the later line of metrics.jsonl holds.
class RunCurves {
public:
    void add(const runs::MetricPoint& point);
    /// Empty where the run never wrote such a value.
    const Curve& curve(std::string_view name) const;
    bool isEmpty() const { return curves_.empty(); }
    std::int64_t lastStep() const { return lastStep_; }
    double lastAlong(Progress axis) const;

private:
    std::map<std::string, Curve, std::less<>> curves_;
    std::int64_t lastStep_ = -1;
    double lastSeconds_ = 0, lastTokens_ = 0;
};

/// The trend of a noisy curve: an exponential moving average run forwards and then backwards, so that nothing is
/// delayed (zero-phase filtering; Gustafsson, "Determining the initial states in forward-backward filtering", IEEE TSP
/// 1996). `amount` 0 leaves the values as they are, 1 averages over about a tenth of the curve. Values that are not
/// finite are passed over.
std::vector<double> trendOf(const std::vector<double>& values, double amount);

/// The index whose position is nearest to `at`; `positions` ascends and is not empty.
std::size_t nearestIndex(const std::vector<double>& positions, double at);

} // namespace continuo::ui
