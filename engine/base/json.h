#pragma once

#include "engine/base/result.h"

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

namespace continuo::base {

/// Keeps the order of keys as written. Include <nlohmann/json.hpp> in the .cpp that uses it.
using Json = nlohmann::ordered_json;

struct JsonLimits {
    std::size_t bytes = std::size_t{64} << 20;
    int depth = 32;
};

/// Strict JSON (RFC 8259): no comments, no duplicate keys, valid UTF-8, bounded size and depth. Never throws.
Result<Json> parseJson(std::string_view text, const JsonLimits& limits = {});

} // namespace continuo::base
