#pragma once

#include "engine/configuration/training_settings.h"

namespace continuo::learning {

/// How far a run is, from 0 to 1: by steps or by seconds, whichever is further; 0 where neither is limited.
double progressShare(const configuration::TrainingSettings& settings, std::int64_t step, double seconds);

/// The learning rate of the step that follows `step` finished ones: rises linearly over the warm-up, then falls along
/// half a cosine to its final share (Loshchilov and Hutter, "SGDR", ICLR 2017, without restarts), or stays.
double learningRateAt(const configuration::TrainingSettings& settings, std::int64_t step, double seconds);

} // namespace continuo::learning
