#pragma once

#include "engine/learning/transformer.h"
#include "engine/runs/event_log.h"

namespace continuo::learning {

/// How the gradient of every named tensor is spread, as "gradients/NAME". Tensors without a gradient, and those with a
/// value that is not finite, are left out.
std::vector<runs::NamedHistogram> gradientHistograms(const Transformer& net);

} // namespace continuo::learning
