#pragma once

#include "engine/base/result.h"
#include "engine/corpus/dataset.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace continuo::corpus {

/// Parts by path, as a file names them.
using SplitLists = std::map<std::string, Part>;

/// Reads a JSON object with the lists `train` and `val`, and `test` where there is one, of paths below the MIDI folder;
/// other members are left alone. A path in two lists is refused.
base::Result<SplitLists> readSplitFile(const std::filesystem::path& path);

/// Shares pieces out by about 80 : 10 : 10. `groups[i]` names the group of piece i; a group stays together. Depends on
/// the order of the pieces and the seed only. With two groups there is something to validate on, with three to test on.
std::vector<Part> splitRandomly(const std::vector<std::string>& groups, std::uint64_t seed);

} // namespace continuo::corpus
