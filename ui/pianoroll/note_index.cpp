#include "ui/pianoroll/note_index.h"

namespace continuo::ui {
namespace {

constexpr std::size_t kMostSmallBlocks = 256; // edits between two blocks leave small ones

} // namespace

std::vector<NoteIndex::Block> NoteIndex::blocksOf(const std::vector<score::Note>& notes, std::size_t first,
                                                  std::size_t last) {
    std::vector<Block> blocks;
    blocks.reserve((last - first + kBlock - 1) / kBlock);
    for (auto i = first; i < last; ++i) {
        if ((i - first) % kBlock == 0) blocks.emplace_back().start = i;
        auto& block = blocks.back();
        const auto& note = notes[i];
        block.latestEnd = std::max(block.latestEnd, note.end());
        block.lowestId = std::min(block.lowestId, note.id);
        block.highestId = std::max(block.highestId, note.id);
        ++block.pitches[note.pitch & 127];
    }
    return blocks;
}

void NoteIndex::rebuild(const std::vector<score::Note>& notes) {
    blocks_ = blocksOf(notes, 0, notes.size());
    count_ = notes.size();
    overlapCount_.reset();
    summary_.clear();
}

void NoteIndex::update(const std::vector<score::Note>& notes, score::TickRange changed) {
    if (changed.isEmpty() && notes.size() == count_) return;
    const auto before = firstFrom(notes, changed.start), after = firstFrom(notes, changed.end);
    const auto grown = static_cast<std::ptrdiff_t>(notes.size()) - static_cast<std::ptrdiff_t>(count_);
    if (changed.isEmpty() || static_cast<std::ptrdiff_t>(after) < grown) return rebuild(notes);
    const auto oldAfter = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(after) - grown);
    // Whole blocks before the change stay, whole blocks behind it move; what lies between is made anew.
    const auto first =
        std::partition_point(blocks_.begin(), blocks_.end(), [&](const Block& block) { return block.start <= before; });
    const auto kept = first == blocks_.begin() ? first : first - 1;
    const auto rest =
        std::partition_point(kept, blocks_.end(), [&](const Block& block) { return block.start < oldAfter; });
    const auto from = kept == blocks_.end() ? 0 : kept->start;
    for (auto block = rest; block != blocks_.end(); ++block)
        block->start = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(block->start) + grown);
    const auto to = rest == blocks_.end() ? notes.size() : rest->start;
    auto middle = blocksOf(notes, from, to);
    const auto common = std::min(static_cast<std::ptrdiff_t>(middle.size()), rest - kept);
    const auto end = std::copy_n(middle.begin(), common, kept);
    if (end != rest)
        blocks_.erase(end, rest);
    else
        blocks_.insert(end, middle.begin() + common, middle.end());
    if (blocks_.size() > kMostSmallBlocks + 2 * notes.size() / kBlock) blocks_ = blocksOf(notes, 0, notes.size());
    count_ = notes.size();
    overlapCount_.reset();
    updateSummary(notes, changed);
}

void NoteIndex::updateSummary(const std::vector<score::Note>& notes, score::TickRange changed) {
    if (summary_.isEmpty()) return;
    const auto cells = summary_.staleCells(changed);
    if (cells.isEmpty()) return summary_.clear();
    summary_.silence(cells);
    forEachTouching(notes, cells, [&](std::size_t i) { summary_.add(notes[i], cells); });
    summary_.spread(cells);
}

std::size_t NoteIndex::costOf(const std::vector<score::Note>& notes, score::TickRange range) const {
    return firstFrom(notes, range.end) - firstFrom(notes, range.start);
}

std::size_t NoteIndex::firstFrom(const std::vector<score::Note>& notes, score::Tick at) {
    const auto found =
        std::partition_point(notes.begin(), notes.end(), [&](const score::Note& note) { return note.onset < at; });
    return static_cast<std::size_t>(found - notes.begin());
}

std::vector<score::Note> NoteIndex::chosen(const std::vector<score::Note>& notes, const NoteSet& set) const {
    std::vector<score::Note> found;
    for (std::size_t block = 0; block < blocks_.size(); ++block) {
        if (!set.mayHold(blocks_[block].lowestId, blocks_[block].highestId)) continue;
        for (auto i = blocks_[block].start; i < endOf(block); ++i)
            if (set.contains(notes[i].id)) found.push_back(notes[i]);
    }
    return found;
}

std::vector<bool> overlapsAmong(const std::vector<score::Note>& notes) {
    std::vector<bool> overlaps(notes.size());
    OverlapFinder finder;
    for (std::size_t i = 0; i < notes.size(); ++i)
        if (const auto before = finder.overlappedBy(i, notes[i]); before != OverlapFinder::kNone)
            overlaps[before] = true;
    return overlaps;
}

std::size_t NoteIndex::overlapCount(const std::vector<score::Note>& notes) const {
    if (overlapCount_) return *overlapCount_;
    const auto overlaps = overlapsAmong(notes);
    overlapCount_ = static_cast<std::size_t>(std::count(overlaps.begin(), overlaps.end(), true));
    return *overlapCount_;
}

score::Tick NoteIndex::end() const {
    score::Tick end;
    for (const auto& block : blocks_) end = std::max(end, block.latestEnd);
    return end;
}

std::array<std::uint32_t, RowMap::kPitches> NoteIndex::pitchCounts() const {
    std::array<std::uint32_t, RowMap::kPitches> counts{};
    for (const auto& block : blocks_)
        for (std::size_t pitch = 0; pitch < counts.size(); ++pitch) counts[pitch] += block.pitches[pitch];
    return counts;
}

PitchSet NoteIndex::used() const {
    PitchSet used;
    const auto counts = pitchCounts();
    for (std::size_t pitch = 0; pitch < counts.size(); ++pitch) used.set(pitch, counts[pitch] > 0);
    return used;
}

std::pair<int, int> NoteIndex::pitchSpan() const {
    std::pair<int, int> span{127, 0};
    const auto counts = pitchCounts();
    for (int pitch = 0; pitch < RowMap::kPitches; ++pitch)
        if (counts[static_cast<std::size_t>(pitch)] > 0)
            span = {std::min(span.first, pitch), std::max(span.second, pitch)};
    return span;
}

const NoteSummary& NoteIndex::summary(const std::vector<score::Note>& notes) const {
    if (summary_.isEmpty()) summary_.rebuild(notes, end());
    return summary_;
}

} // namespace continuo::ui
