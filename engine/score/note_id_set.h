#pragma once

#include "engine/score/ids.h"

#include <cstdint>
#include <span>
#include <vector>

namespace continuo::score {

using NoteIds = std::span<const NoteId>;

/// A set of note ids that answers in a nanosecond for every note of a large score: one bit an id where ids lie close
/// together, as a mint gives them; a sorted list where they do not.
class NoteIdSet {
public:
    explicit NoteIdSet(NoteIds ids);

    bool contains(NoteId id) const {
        const auto number = static_cast<std::uint64_t>(id) - first_;
        if (number >= span_) return false;
        if (!bits_.empty()) return (bits_[number >> 6] >> (number & 63) & 1) != 0;
        return isListed(id);
    }
    bool isEmpty() const { return span_ == 0; }

private:
    bool isListed(NoteId id) const;

    std::uint64_t first_ = 0;
    std::uint64_t span_ = 0; // ids lie in first_ .. first_ + span_ - 1
    std::vector<std::uint64_t> bits_;
    std::vector<NoteId> sorted_;
};

} // namespace continuo::score
