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

/// What a run that goes on from `step` may keep of the log, for it will write the rest again: whole lines of steps up
/// to it, and of the step itself none that names a value beginning with `again`. A file that needs no change, or does
/// not exist, is not touched.
base::Status cutMetrics(const std::filesystem::path& file, std::int64_t step, const std::string& again);

/// Reads a growing metrics.jsonl piece by piece; an unfinished last line waits for the next poll.
class MetricsFollower {
public:
    explicit MetricsFollower(std::filesystem::path file);
    /// Points that were appended since the last call; starts over where the file was replaced.
    std::vector<MetricPoint> poll();

private:
    std::filesystem::path file_;
    std::uint64_t offset_ = 0;
    std::uint64_t identity_ = 0; // of the file that the offset is of
};

} // namespace continuo::runs
