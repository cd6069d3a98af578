#include "engine/score/note_id_set.h"

#include <algorithm>

namespace continuo::score {

NoteIdSet::NoteIdSet(NoteIds ids) {
    if (ids.empty()) return;
    const auto [lowest, highest] = std::ranges::minmax(ids);
    first_ = static_cast<std::uint64_t>(lowest);
    span_ = static_cast<std::uint64_t>(highest) - first_ + 1;
    constexpr std::uint64_t kBitsAnId = 512, kAlways = std::uint64_t{1} << 20;
    if (span_ != 0 && span_ <= std::max(kAlways, ids.size() * kBitsAnId)) {
        bits_.resize((span_ + 63) / 64);
        for (const auto id : ids) {
            const auto number = static_cast<std::uint64_t>(id) - first_;
            bits_[number >> 6] |= std::uint64_t{1} << (number & 63);
        }
        return;
    }
    if (span_ == 0) span_ = UINT64_MAX; // all 2^64 ids: the last one is never minted
    sorted_.assign(ids.begin(), ids.end());
    std::ranges::sort(sorted_);
}

bool NoteIdSet::isListed(NoteId id) const { return std::ranges::binary_search(sorted_, id); }

} // namespace continuo::score
