#pragma once

#include "engine/runs/run_directory.h"

#include <vector>

namespace continuo::runs {

/// An empty file in requests/ that the trainer removes when it has obeyed.
enum class Request { Stop, Pause, Resume, Checkpoint, Sample };

base::Status makeRequest(const RunDirectory& run, Request request);
/// Trainer: takes (and removes) what is asked for.
std::vector<Request> takeRequests(const RunDirectory& run);

} // namespace continuo::runs
