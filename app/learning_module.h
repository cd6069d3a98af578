#pragma once

#include "engine/base/result.h"
#include "engine/learning/door.h"

namespace continuo::app {

/// libcontinuo_learning.so, opened from beside the executable (or ../lib/continuo) with RTLD_NOW|RTLD_LOCAL on the
/// first call and never closed. Where it is absent or cannot be loaded: a sentence that says what to do.
base::Result<int (*)(const ContinuoLearningCall*)> learningModule();

} // namespace continuo::app
