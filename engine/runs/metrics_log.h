#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace continuo::runs {

/// One line of metrics.jsonl. Names of values: train/loss, val/loss, train/pitch_loss …, lr, grad_norm,
/// tokens_per_second.
struct MetricPoint {
    std::int64_t step = 0;
    double seconds = 0; // trained so far
    std::int64_t tokens = 0;
    std::map<std::string, double> values;
};

base::Status appendMetrics(const std::filesystem::path& file, const MetricPoint& point);

/// Reads a growing metrics.jsonl piece by piece; an unfinished last line waits for the next poll.
class MetricsFollower {
public:
    explicit MetricsFollower(std::filesystem::path file);
    /// Points that were appended since the last call; starts over where the file was replaced by a shorter one.
    std::vector<MetricPoint> poll();

private:
    std::filesystem::path file_;
    std::uint64_t offset_ = 0;
};

} // namespace continuo::runs
