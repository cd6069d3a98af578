#pragma once

#include <string_view>

namespace continuo::notation {

/// What an ornament, articulation or other sign inside <notations> would do to the sound, as a phrase for the report;
/// empty for signs that do not change it.
std::string_view unplayedNotation(std::string_view name);
/// The same for a child of <direction-type>.
std::string_view unplayedDirection(std::string_view name);

} // namespace continuo::notation
