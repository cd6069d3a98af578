#pragma once

#include "engine/base/result.h"
#include "engine/runs/run_directory.h"

namespace continuo::learning {

/// Removes finished checkpoints until `keep` are left: the best by validation and the newest stay. What cannot be
/// removed stays, with an error.
base::Status pruneCheckpoints(const runs::RunDirectory& run, std::int64_t keep);

/// Before a run goes on from `step`: removes what an interrupted writer left half-made, and gives later checkpoints
/// names that do not count (set-aside-step-N), for the run will make its own. Returns how many those are.
base::Result<std::size_t> setAsideAfter(const runs::RunDirectory& run, std::int64_t step);
/// The same for samples of later steps, as far as it can be done.
void setSamplesAside(const runs::RunDirectory& run, std::int64_t step);

} // namespace continuo::learning
