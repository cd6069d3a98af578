#pragma once

#include "engine/runs/metrics_log.h"

namespace continuo::runs {

/// metrics.csv: the points of metrics.jsonl as a table, for spreadsheets. The columns are step, seconds, tokens and the
/// values that the run will have; a point fills those it has.
class CsvLog {
public:
    /// Writes the header and what `metrics` holds already, replacing an earlier table.
    static base::Result<CsvLog> create(const std::filesystem::path& file, std::vector<std::string> values,
                                       const std::filesystem::path& metrics);
    base::Status append(const MetricPoint& point);

private:
    CsvLog(std::filesystem::path file, std::vector<std::string> values)
        : file_(std::move(file)), values_(std::move(values)) {}
    std::string line(const MetricPoint& point) const;

    std::filesystem::path file_;
    std::vector<std::string> values_;
};

} // namespace continuo::runs
