#include "engine/corpus/split.h"

#include "engine/base/files.h"
#include "engine/base/json.h"
#include "engine/base/random.h"
#include "engine/base/text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace continuo::corpus {
namespace {

constexpr double kShare = 0.1; // of validation, and of testing

base::Status addList(SplitLists& lists, const base::Json& json, Part part) {
    const auto found = json.find(partName(part));
    if (found == json.end() && part == Part::Test) return {};
    if (found == json.end() || !found->is_array())
        return base::failure(base::ErrorCode::FileMalformed, "it has no list '" + std::string(partName(part)) +
                                                                 "'; train and val are needed, test is optional");
    for (const auto& entry : *found) {
        if (!entry.is_string())
            return base::failure(base::ErrorCode::FileMalformed,
                                 "the list '" + std::string(partName(part)) + "' holds something that is not a path");
        const auto path = std::filesystem::path(entry.get<std::string>()).lexically_normal().generic_string();
        const auto [place, isNew] = lists.try_emplace(path, part);
        if (!isNew && place->second != part)
            return base::failure(base::ErrorCode::FileMalformed, "'" + base::shown(path) + "' is in two lists");
    }
    return {};
}

} // namespace

base::Result<SplitLists> readSplitFile(const std::filesystem::path& path) {
    const auto text = base::readTextFile(path);
    if (!text) return base::failure(text.error());
    const auto json = base::parseJson(*text);
    if (!json) return base::failure(json.error().in(path.string()));
    if (!json->is_object())
        return base::failure(base::ErrorCode::FileMalformed, path.string() + ": it is not a JSON object of lists");
    SplitLists lists;
    for (const auto part : {Part::Train, Part::Validation, Part::Test})
        if (const auto added = addList(lists, *json, part); !added)
            return base::failure(added.error().in(path.string()));
    return lists;
}

std::vector<Part> splitRandomly(const std::vector<std::string>& groups, std::uint64_t seed) {
    std::map<std::string, std::size_t> sizes;
    std::vector<std::string> order; // groups by their first piece
    for (const auto& group : groups)
        if (++sizes[group] == 1) order.push_back(group);
    base::Random random(seed);
    random.shuffle(std::span(order));

    const auto share = static_cast<std::size_t>(std::lround(kShare * static_cast<double>(groups.size())));
    std::map<std::string, Part> parts;
    const auto fill = [&](Part part, std::size_t wanted, std::size_t groupsNeeded) {
        if (order.size() < groupsNeeded) return;
        std::size_t filled = 0;
        for (const auto& group : order) {
            if (filled >= wanted && filled > 0) return;
            // A large group of duplicates would swamp a small part.
            if (parts.contains(group) || filled + sizes[group] > std::max<std::size_t>(1, 2 * wanted)) continue;
            filled += sizes[group];
            parts[group] = part;
        }
        if (filled > 0) return;
        const auto smaller = [&](const auto& a, const auto& b) {
            return std::pair(parts.contains(a), sizes[a]) < std::pair(parts.contains(b), sizes[b]);
        };
        parts[*std::ranges::min_element(order, smaller)] = part;
    };
    fill(Part::Validation, share, 2);
    fill(Part::Test, share, 3);
    std::vector<Part> result;
    for (const auto& group : groups) result.push_back(parts.contains(group) ? parts[group] : Part::Train);
    return result;
}

} // namespace continuo::corpus
