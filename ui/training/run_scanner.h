#pragma once

#include "engine/runs/metrics_log.h"
#include "engine/runs/run_directory.h"
#include "engine/runs/run_status.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace continuo::ui {

/// What one look at a run's folder found.
struct RunNews {
    runs::RunDirectory directory;
    runs::RunStatus status;
    std::vector<runs::CheckpointEntry> checkpoints;
    std::vector<std::filesystem::path> samples;
    std::vector<runs::MetricPoint> points; // since the last look
};

/// Follows every run below some folders. Reads files: for a worker thread; no Qt.
class RunScanner {
public:
    /// A folder of runs, or a run itself.
    void setFolders(std::vector<std::filesystem::path> folders) { folders_ = std::move(folders); }
    /// All runs that are there now.
    std::vector<RunNews> poll();

private:
    std::vector<runs::RunDirectory> present() const;
    RunNews newsOf(const runs::RunDirectory& run);

    std::vector<std::filesystem::path> folders_;
    std::map<std::filesystem::path, runs::MetricsFollower> followers_;
};

} // namespace continuo::ui
