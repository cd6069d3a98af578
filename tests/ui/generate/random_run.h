#pragma once

#include "tests/engine/inference/random_checkpoint.h"
#include "tests/ui/training/synthetic_run.h"

namespace continuo::ui {

/// Gives a run a finished checkpoint of a small random net.
inline std::filesystem::path addRandomCheckpoint(const SyntheticRun& run, std::int64_t step) {
    const auto folder = run.directory().checkpoints() / ("step-" + std::to_string(step));
    inference::writeRandomCheckpoint(folder, step);
    return folder;
}

} // namespace continuo::ui
