#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

namespace continuo::configuration {

/// Puts in place what every `${…}` below `node` stands for (OmegaConf 2.3, "Variable interpolation"): ${a.b} from
/// `root`, ${.x} and ${..x} from the map around, ${oc.env:NAME,default}, ${oc.select:a.b,default}, ${hydra:run.dir} out
/// of `hydra`, ${now:%Y-%m-%d}. A whole value keeps its type, inside a text it becomes text; a backslash in front of ${
/// keeps it as it is. Circles, more than 32 levels and results above 1 MiB are errors that name the key.
base::Result<Value> resolved(const Value& root, const Value& hydra);

/// The same for the part of `root` at `path`.
base::Result<Value> resolvedAt(const Value& root, const Value& hydra, const std::string& path);

} // namespace continuo::configuration
