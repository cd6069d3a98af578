#include "ui/pianoroll/note_summary.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr std::int64_t kFewestCells = 4096, kMostCells = 65536;
constexpr std::int64_t kNotesPerCell = 8;
constexpr std::size_t kCoarsestCells = 512;
constexpr int kPitches = 128;
constexpr std::int64_t kRoomAtTheEnd = 16; // a sixteenth longer than the music, for what is added to it
constexpr std::size_t kMostStaleParts = 8; // above one part in eight all is made anew

NoteSummary::Level emptyLevel(std::int64_t ticks, std::size_t cells) {
    return {ticks, cells, std::vector<std::uint8_t>(cells * kPitches)};
}

/// Cells first..last of `coarse` from those of `fine`.
void halve(const NoteSummary::Level& fine, NoteSummary::Level& coarse, std::size_t first, std::size_t last) {
    for (int pitch = 0; pitch < kPitches; ++pitch) {
        const auto* from = fine.row(pitch);
        auto* to = coarse.row(pitch);
        for (auto cell = first; cell <= last; ++cell)
            to[cell] = std::max(from[cell * 2], cell * 2 + 1 < fine.cells ? from[cell * 2 + 1] : std::uint8_t{0});
    }
}

} // namespace

std::size_t NoteSummary::Level::cellOf(score::Tick at) const {
    return std::min(cells - 1, static_cast<std::size_t>(std::max<std::int64_t>(0, at.fromStart) / ticks));
}

void NoteSummary::rebuild(const std::vector<score::Note>& notes, score::Tick end) {
    levels_.clear();
    const auto wanted = std::clamp(static_cast<std::int64_t>(notes.size()) / kNotesPerCell, kFewestCells, kMostCells);
    const auto length = end.fromStart + end.fromStart / kRoomAtTheEnd;
    const auto ticks = length / wanted + 1;
    levels_.push_back(emptyLevel(ticks, static_cast<std::size_t>(length / ticks + 1)));
    const score::TickRange all{{}, score::Tick{INT64_MAX}};
    for (const auto& note : notes) add(note, all);
    while (levels_.back().cells > kCoarsestCells) {
        auto coarse = emptyLevel(levels_.back().ticks * 2, (levels_.back().cells + 1) / 2);
        halve(levels_.back(), coarse, 0, coarse.cells - 1);
        levels_.push_back(std::move(coarse));
    }
}

score::TickRange NoteSummary::staleCells(score::TickRange range) const {
    if (levels_.empty() || range.isEmpty()) return {};
    const auto& finest = levels_.front();
    const auto held = static_cast<std::int64_t>(finest.cells) * finest.ticks;
    if (range.end.fromStart > held) return {};
    const auto first = finest.cellOf(range.start), last = finest.cellOf(range.end);
    if (last - first > finest.cells / kMostStaleParts) return {};
    return {score::Tick{static_cast<std::int64_t>(first) * finest.ticks},
            score::Tick{static_cast<std::int64_t>(last + 1) * finest.ticks}};
}

void NoteSummary::silence(score::TickRange cells) {
    auto& finest = levels_.front();
    const auto first = finest.cellOf(cells.start), last = finest.cellOf(cells.end - score::Ticks{1});
    for (int pitch = 0; pitch < kPitches; ++pitch)
        std::fill(finest.row(pitch) + first, finest.row(pitch) + last + 1, std::uint8_t{0});
}

void NoteSummary::add(const score::Note& note, score::TickRange cells) {
    auto& finest = levels_.front();
    auto* row = finest.row(note.pitch & 127);
    const auto end = std::max(note.onset + score::Ticks{1}, note.end());
    const auto first = finest.cellOf(std::max(note.onset, cells.start)),
               last = finest.cellOf(std::min(end, cells.end) - score::Ticks{1});
    for (auto cell = first; cell <= last; ++cell) row[cell] = std::max(row[cell], note.velocity);
}

void NoteSummary::spread(score::TickRange cells) {
    for (std::size_t i = 1; i < levels_.size(); ++i) {
        auto& coarse = levels_[i];
        halve(levels_[i - 1], coarse, coarse.cellOf(cells.start), coarse.cellOf(cells.end - score::Ticks{1}));
    }
}

const NoteSummary::Level& NoteSummary::levelFor(double ticks) const {
    std::size_t chosen = 0;
    while (chosen + 1 < levels_.size() && static_cast<double>(levels_[chosen + 1].ticks) <= ticks) ++chosen;
    return levels_[chosen];
}

} // namespace continuo::ui
