#pragma once

#include "engine/runs/run_directory.h"

#include <string>

namespace continuo::app {

/// A run and which of its checkpoints: empty for the newest, "best", or a step.
struct ResumePlace {
    runs::RunDirectory run;
    std::string checkpoint;
};

/// RUN, RUN:STEP, RUN:step-STEP, RUN:best, RUN:newest or RUN/checkpoints/step-STEP, where RUN is a folder or the name
/// of one among the user's runs.
base::Result<ResumePlace> resumePlace(const std::string& word);

} // namespace continuo::app
