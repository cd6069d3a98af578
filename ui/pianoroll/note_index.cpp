#include "ui/pianoroll/note_index.h"

namespace continuo::ui {
namespace {

constexpr std::int64_t kFewestCells = 4096, kMostCells = 65536;
constexpr std::int64_t kNotesPerCell = 8;
constexpr std::size_t kCoarsestCells = 512;
constexpr int kPitches = 128;

NoteSummary::Level emptyLevel(std::int64_t ticks, std::size_t cells) {
    return {ticks, cells, std::vector<std::uint8_t>(cells * kPitches)};
}

NoteSummary::Level halved(const NoteSummary::Level& fine) {
    auto coarse = emptyLevel(fine.ticks * 2, (fine.cells + 1) / 2);
    for (int pitch = 0; pitch < kPitches; ++pitch) {
        const auto* from = fine.row(pitch);
        auto* to = coarse.loudest.data() + static_cast<std::size_t>(pitch) * coarse.cells;
        for (std::size_t cell = 0; cell < fine.cells; ++cell) to[cell / 2] = std::max(to[cell / 2], from[cell]);
    }
    return coarse;
}

} // namespace

void NoteSummary::rebuild(const std::vector<score::Note>& notes, score::Tick end) {
    levels_.clear();
    const auto cells = std::clamp(static_cast<std::int64_t>(notes.size()) / kNotesPerCell, kFewestCells, kMostCells);
    const auto ticks = end.fromStart / cells + 1;
    auto finest = emptyLevel(ticks, static_cast<std::size_t>(end.fromStart / ticks + 1));
    for (const auto& note : notes) {
        auto* row = finest.loudest.data() + static_cast<std::size_t>(note.pitch) * finest.cells;
        const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, note.onset.fromStart) / ticks);
        const auto last =
            std::max(first, static_cast<std::size_t>(std::max<std::int64_t>(0, note.end().fromStart - 1) / ticks));
        for (auto cell = first; cell <= last && cell < finest.cells; ++cell)
            row[cell] = std::max(row[cell], note.velocity);
    }
    levels_.push_back(std::move(finest));
    while (levels_.back().cells > kCoarsestCells) levels_.push_back(halved(levels_.back()));
}

const NoteSummary::Level& NoteSummary::levelFor(double ticks) const {
    std::size_t chosen = 0;
    while (chosen + 1 < levels_.size() && static_cast<double>(levels_[chosen + 1].ticks) <= ticks) ++chosen;
    return levels_[chosen];
}

void NoteIndex::rebuild(const std::vector<score::Note>& notes) {
    latestEnd_.assign((notes.size() + kBlock - 1) / kBlock, score::Tick{0});
    end_ = {};
    span_ = {127, 0};
    for (std::size_t i = 0; i < notes.size(); ++i) {
        auto& latest = latestEnd_[i / kBlock];
        latest = std::max(latest, notes[i].end());
        span_ = {std::min<int>(span_.first, notes[i].pitch), std::max<int>(span_.second, notes[i].pitch)};
    }
    for (const auto latest : latestEnd_) end_ = std::max(end_, latest);
    findOverlaps(notes);
    summary_ = {};
}

void NoteIndex::findOverlaps(const std::vector<score::Note>& notes) {
    overlaps_.assign(notes.size(), 0);
    overlapCount_ = 0;
    std::array<std::size_t, kPitches> longest; // of the notes so far of each pitch, the one that ends last
    longest.fill(SIZE_MAX);
    for (std::size_t i = 0; i < notes.size(); ++i) {
        auto& before = longest[notes[i].pitch];
        if (before != SIZE_MAX && notes[i].onset < notes[before].end() && !overlaps_[before]) {
            overlaps_[before] = 1;
            ++overlapCount_;
        }
        if (before == SIZE_MAX || notes[before].end() <= notes[i].end()) before = i;
    }
}

std::size_t NoteIndex::costOf(const std::vector<score::Note>& notes, score::TickRange range) const {
    return firstFrom(notes, range.end) - firstFrom(notes, range.start);
}

std::size_t NoteIndex::firstFrom(const std::vector<score::Note>& notes, score::Tick at) {
    const auto found =
        std::partition_point(notes.begin(), notes.end(), [&](const score::Note& note) { return note.onset < at; });
    return static_cast<std::size_t>(found - notes.begin());
}

const NoteSummary& NoteIndex::summary(const std::vector<score::Note>& notes) const {
    if (summary_.isEmpty()) summary_.rebuild(notes, end_);
    return summary_;
}

} // namespace continuo::ui
