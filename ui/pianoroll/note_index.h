#pragma once

#include "engine/score/note.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace continuo::ui {

/// The loudest velocity in each cell of (pitch, stretch of time), in halving resolutions: what a million notes look
/// like from far away. 0 is silence.
class NoteSummary {
public:
    void rebuild(const std::vector<score::Note>& notes, score::Tick end);
    bool isEmpty() const { return levels_.empty(); }
    /// The finest cells are this long.
    std::int64_t finestTicks() const { return levels_.empty() ? 0 : levels_.front().ticks; }

    struct Level {
        std::int64_t ticks = 1;
        std::size_t cells = 0;
        std::vector<std::uint8_t> loudest; // [pitch][cell]
        const std::uint8_t* row(int pitch) const { return loudest.data() + static_cast<std::size_t>(pitch) * cells; }
    };
    /// The coarsest level whose cells are not longer than `ticks`, else the finest.
    const Level& levelFor(double ticks) const;

private:
    std::vector<Level> levels_;
};

/// Finds the notes of one track that touch a time range without walking through all of them. Notes are in the order of
/// their track; blocks of 256 know their latest end, so that a block that ends before the range is passed over.
class NoteIndex {
public:
    static constexpr std::size_t kBlock = 256;

    void rebuild(const std::vector<score::Note>& notes);

    /// Calls visit(index) for each note with onset < range.end and end > range.start (or onset in range), in order.
    template <typename Visit>
    void forEachTouching(const std::vector<score::Note>& notes, score::TickRange range, Visit visit) const {
        const auto stop = firstFrom(notes, range.end);
        for (std::size_t block = 0; block * kBlock < stop; ++block) {
            if (latestEnd_[block] < range.start) continue;
            const auto last = std::min(stop, (block + 1) * kBlock);
            for (auto i = block * kBlock; i < last; ++i)
                if (range.start < notes[i].end() || !(notes[i].onset < range.start)) visit(i);
        }
    }
    /// How many notes forEachTouching may have to look at.
    std::size_t costOf(const std::vector<score::Note>& notes, score::TickRange range) const;
    /// The index of the first note with onset >= at.
    static std::size_t firstFrom(const std::vector<score::Note>& notes, score::Tick at);

    /// The note still sounds when the next of its pitch starts.
    bool overlapsNext(std::size_t index) const { return overlaps_[index] != 0; }
    std::size_t overlapCount() const { return overlapCount_; }
    score::Tick end() const { return end_; }
    /// Lowest and highest pitch in use; {127, 0} where there is no note.
    std::pair<int, int> pitchSpan() const { return span_; }

    /// Made when first asked for.
    const NoteSummary& summary(const std::vector<score::Note>& notes) const;

private:
    void findOverlaps(const std::vector<score::Note>& notes);

    std::vector<score::Tick> latestEnd_; // of each block
    std::vector<std::uint8_t> overlaps_;
    std::size_t overlapCount_ = 0;
    score::Tick end_;
    std::pair<int, int> span_{127, 0};
    mutable NoteSummary summary_;
};

} // namespace continuo::ui
