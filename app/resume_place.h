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

/// The same words for a net that is only read, and a checkpoint folder or a file in one: the folder to load, which is
/// that of a run where its best checkpoint is meant.
base::Result<std::filesystem::path> netPlace(const std::string& word);

} // namespace continuo::app
