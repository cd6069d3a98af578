#pragma once

#include "engine/base/result.h"
#include "engine/configuration/value.h"

namespace continuo::configuration {

/// Reads one YAML document of people or of ours: at most 1 MiB, 64 levels and 100,000 values; a key may stand once in
/// its map. An empty document is an empty map.
base::Result<Value> readYaml(const std::string& text);

/// Writes block style with names in their order, numbers as Python writes them (eta_min: 1.0e-06): readYaml() gives the
/// same value back. An empty map is "{}".
std::string writeYaml(const Value& value);

} // namespace continuo::configuration
