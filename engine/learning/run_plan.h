#pragma once

#include "engine/configuration/training_settings.h"

#include <string>

namespace continuo::learning {

/// Puts steps in the place of what settings say in epochs: max_steps ends the run, validateEvery is in steps.
/// `stepsPerEpoch` > 0.
configuration::TrainingSettings inSteps(configuration::TrainingSettings settings, std::int64_t stepsPerEpoch);

/// How many batches of `stepsPerEpoch` overfitting takes; 0: it is not asked for.
std::int64_t overfittedBatches(const configuration::TrainingSettings& settings, std::int64_t stepsPerEpoch);

/// "400 steps or 60 seconds".
std::string lengthText(const configuration::TrainingSettings& settings);

} // namespace continuo::learning
