#pragma once

#include "engine/base/result.h"
#include "engine/runs/run_directory.h"

namespace continuo::learning {

/// Removes finished checkpoints until `keep` are left: the best by validation and the newest stay. What cannot be
/// removed stays, with an error.
base::Status pruneCheckpoints(const runs::RunDirectory& run, std::int64_t keep);

} // namespace continuo::learning
