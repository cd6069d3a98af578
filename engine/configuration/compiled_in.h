#pragma once

#include <map>
#include <string>
#include <string_view>

namespace continuo::configuration {

/// The text of every file below resources/configuration, by its path without .yaml: "optimizer/adamw".
const std::map<std::string, std::string_view>& compiledInFiles();

} // namespace continuo::configuration
