#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

/// std::stable_sort where more is known of what is sorted: the same order without its buffer and its passes.
namespace continuo::tokens {

/// For a handful of items, such as the notes of one position.
template <typename Item, typename Less>
void stableSortFew(std::vector<Item>& items, Less less) {
    constexpr std::size_t kFew = 24;
    if (items.size() > kFew) return std::stable_sort(items.begin(), items.end(), less);
    for (std::size_t i = 1; i < items.size(); ++i) {
        if (!less(items[i], items[i - 1])) continue;
        auto item = std::move(items[i]);
        auto at = i;
        for (; at > 0 && less(item, items[at - 1]); --at) items[at] = std::move(items[at - 1]);
        items[at] = std::move(item);
    }
}

/// For items in runs that are in order each, such as the notes of several tracks; `ends` are the ends of the runs.
/// Where a run is not in order, it is sorted first.
template <typename Item, typename Less>
void stableMergeRuns(std::vector<Item>& items, std::vector<std::size_t> ends, Less less) {
    std::size_t start = 0;
    for (const auto end : ends) {
        const auto first = items.begin() + static_cast<std::ptrdiff_t>(start);
        const auto last = items.begin() + static_cast<std::ptrdiff_t>(end);
        if (!std::is_sorted(first, last, less)) std::stable_sort(first, last, less);
        start = end;
    }
    std::vector<Item> merged;
    while (ends.size() > 1) {
        merged.clear();
        merged.reserve(items.size());
        std::vector<std::size_t> fewer;
        std::size_t begin = 0;
        for (std::size_t run = 0; run < ends.size(); run += 2) {
            const auto middle = ends[run];
            const auto end = run + 1 < ends.size() ? ends[run + 1] : middle;
            const auto at = [&](std::size_t index) { return items.begin() + static_cast<std::ptrdiff_t>(index); };
            std::merge(at(begin), at(middle), at(middle), at(end), std::back_inserter(merged), less);
            fewer.push_back(end);
            begin = end;
        }
        items.swap(merged);
        ends = std::move(fewer);
    }
}

} // namespace continuo::tokens
