#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

namespace continuo::configuration {

/// Whether tokenizer, model and network of a resolved configuration belong together, and the rows of a window fit the
/// net. The sentence says which would.
base::Status checkTogether(const Value& tree);

} // namespace continuo::configuration
