#pragma once

#include "engine/configuration/key.h"

namespace continuo::configuration {

/// Every setting of `train`, `resume` and their option files, in the order of --help. What is absent from a
/// configuration holds as the fallback says, which is what the references do without it.
std::span<const Key> trainingKeys();

/// Other words for a setting or a group, which earlier versions and official MMT use: trainer.clip is
/// trainer.gradient_clip_val, optimizer.beta1 is optimizer.betas.0, network.name is network. Others are given back.
std::string currentName(std::string_view written);

} // namespace continuo::configuration
