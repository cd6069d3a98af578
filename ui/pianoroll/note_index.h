#pragma once

#include "ui/document/note_set.h"
#include "ui/pianoroll/note_summary.h"
#include "ui/pianoroll/row_map.h"

#include <algorithm>
#include <array>
#include <optional>

namespace continuo::ui {

/// Finds the notes of one track that touch a time range without walking through all of them. Notes are in the order of
/// their track; blocks of about 256 know their latest end, so that a block that ends before the range is passed over.
/// After an edit only the blocks it touched are made anew.
class NoteIndex {
public:
    static constexpr std::size_t kBlock = 256;

    void rebuild(const std::vector<score::Note>& notes);
    /// `notes` are those of the last time but for what starts or started in `changed`.
    void update(const std::vector<score::Note>& notes, score::TickRange changed);

    /// Calls visit(index) for each note with onset < range.end and end > range.start (or onset in range), in order.
    template <typename Visit>
    void forEachTouching(const std::vector<score::Note>& notes, score::TickRange range, Visit visit) const {
        const auto stop = firstFrom(notes, range.end);
        for (std::size_t block = 0; block < blocks_.size() && blocks_[block].start < stop; ++block) {
            if (blocks_[block].latestEnd < range.start) continue;
            const auto last = std::min(stop, endOf(block));
            for (auto i = blocks_[block].start; i < last; ++i)
                if (range.start < notes[i].end() || !(notes[i].onset < range.start)) visit(i);
        }
    }
    /// How many notes forEachTouching may have to look at.
    std::size_t costOf(const std::vector<score::Note>& notes, score::TickRange range) const;
    /// The index of the first note with onset >= at.
    static std::size_t firstFrom(const std::vector<score::Note>& notes, score::Tick at);

    /// The notes that are in `set`, in order; blocks whose ids lie elsewhere are passed over.
    std::vector<score::Note> chosen(const std::vector<score::Note>& notes, const NoteSet& set) const;

    /// How many notes still sound when the next of their pitch starts; counted when first asked for.
    std::size_t overlapCount(const std::vector<score::Note>& notes) const;
    score::Tick end() const;
    /// Lowest and highest pitch in use; {127, 0} where there is no note.
    std::pair<int, int> pitchSpan() const;
    /// How many notes each pitch has.
    std::array<std::uint32_t, RowMap::kPitches> pitchCounts() const;
    /// The pitches that have any.
    PitchSet used() const;

    /// Made when first asked for.
    const NoteSummary& summary(const std::vector<score::Note>& notes) const;

private:
    struct Block {
        std::size_t start = 0; // index of its first note
        score::Tick latestEnd;
        score::NoteId lowestId{UINT64_MAX}, highestId{};
        std::array<std::uint16_t, RowMap::kPitches> pitches{}; // notes of each
    };
    static std::vector<Block> blocksOf(const std::vector<score::Note>& notes, std::size_t first, std::size_t last);
    std::size_t endOf(std::size_t block) const {
        return block + 1 < blocks_.size() ? blocks_[block + 1].start : count_;
    }
    void updateSummary(const std::vector<score::Note>& notes, score::TickRange changed);

    std::vector<Block> blocks_;
    std::size_t count_ = 0;
    mutable std::optional<std::size_t> overlapCount_;
    mutable NoteSummary summary_;
};

/// Finds the notes that still sound when the next of their pitch starts, among notes given in order.
class OverlapFinder {
public:
    OverlapFinder() { latest_.fill(kNone); }
    /// Of the notes before it with its pitch, the number of the one that ends last, if that is after `note` (numbered
    /// `number`) starts; else kNone.
    static constexpr std::size_t kNone = SIZE_MAX;
    std::size_t overlappedBy(std::size_t number, const score::Note& note) {
        auto& before = latest_[note.pitch & 127];
        auto& end = ends_[note.pitch & 127];
        const auto overlapped = before != kNone && note.onset < end ? before : kNone;
        if (before == kNone || end <= note.end()) before = number, end = note.end();
        return overlapped;
    }

private:
    std::array<std::size_t, RowMap::kPitches> latest_;
    std::array<score::Tick, RowMap::kPitches> ends_{};
};

/// Of each note, whether it still sounds when the next of its pitch starts.
std::vector<bool> overlapsAmong(const std::vector<score::Note>& notes);

} // namespace continuo::ui
