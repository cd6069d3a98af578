#pragma once

#include "engine/base/result.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace continuo::runs {

/// The names inside a run's folder: the contract between the trainer and everyone who watches it.
struct RunDirectory {
    std::filesystem::path root;

    std::filesystem::path configuration() const { return root / "configuration.yaml"; }
    std::filesystem::path status() const { return root / "status.json"; }
    std::filesystem::path metrics() const { return root / "metrics.jsonl"; }
    std::filesystem::path log() const { return root / "log.txt"; }
    std::filesystem::path samples() const { return root / "samples"; }
    std::filesystem::path requests() const { return root / "requests"; }
    std::filesystem::path checkpoints() const { return root / "checkpoints"; }
};

/// A checkpoint counts when its DONE file exists.
struct CheckpointEntry {
    std::int64_t step = 0;
    std::filesystem::path path;
    std::optional<double> validationLoss;
};

/// Finished checkpoints, oldest first.
std::vector<CheckpointEntry> finishedCheckpoints(const RunDirectory& run);
/// The one with the lowest validation loss, the newest where none was validated; nothing where there is none.
std::optional<CheckpointEntry> bestCheckpoint(const RunDirectory& run);

/// What the folder of a sweep holds beside its runs.
inline constexpr const char* kSweepFile = "multirun.yaml";

/// Folders directly below `parent` that look like runs, and those of the sweeps there, newest first.
std::vector<RunDirectory> listRuns(const std::filesystem::path& parent);

/// runsFolder()/<yyyymmdd-hhmmss>-<name>, made so that it does not exist yet.
RunDirectory newRunDirectory(const std::filesystem::path& parent, const std::string& name);

} // namespace continuo::runs
