#include "engine/inference/context_window.h"

#include <algorithm>
#include <limits>

namespace continuo::inference {
namespace {

constexpr std::int64_t kAnyBeats = std::int64_t{1} << 32;

} // namespace

ContextWindow::ContextWindow(std::vector<tokens::TokenNote> notes, score::MeterMap meter, score::Division division,
                             const tokens::TokenizerSettings& settings, std::vector<std::uint16_t> declared)
    : notes_(std::move(notes)), meter_(std::move(meter)), division_(division), settings_(settings),
      declared_(std::move(declared)) {}

ContextWindow::View ContextWindow::last(score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const {
    if (settings_.family() != tokens::Family::Mmt) maxBeats = kAnyBeats;
    const auto lastTick = std::max(score::Tick{0}, until - score::Ticks{1});
    auto bar = meter_.positionAt(lastTick).bar;
    auto start = meter_.barStart(bar);
    const auto longest = score::Ticks{maxBeats * division_.quarter()};
    if (start < until - longest) start = until - longest;
    // A bar that starts later has no more rows: the earliest that fits is found by halving.
    for (auto earliest = std::int64_t{0}; earliest < bar;) {
        const auto middle = earliest + (bar - earliest - 1) / 2;
        if (fits(meter_.barStart(middle), until, maxRows, maxBeats))
            start = meter_.barStart(bar = middle);
        else
            earliest = middle + 1;
    }
    auto count = std::min(notes_.size() - firstNoteFrom(start), maxRows);
    auto found = rows(start, until, count);
    while (found.size() > maxRows && count > 1) {
        count -= std::min(count - 1, (found.size() - maxRows + 3) / 4); // no note has more than four rows and shifts
        found = rows(start, until, count);
    }
    return {start, std::move(found)};
}

/// Those of the last `maxNotes` notes from `start` on.
tokens::Rows ContextWindow::rows(score::Tick start, score::Tick until, std::size_t maxNotes) const {
    const auto count = std::min(notes_.size() - firstNoteFrom(start), maxNotes);
    const tokens::Window window{.range = {start, until + score::Ticks{1}}, .mayEnd = false, .declared = declared_};
    auto settings = settings_;
    settings.maxRows = std::numeric_limits<int>::max();
    return tokens::encodeWindow(std::span(notes_).last(count), division_, window, settings).rows;
}

/// The first note that rounding may place at or behind `start`.
std::size_t ContextWindow::firstNoteFrom(score::Tick start) const {
    const auto reach = start - score::Ticks{division_.quarter() / (2 * tokens::kPositions) + 1};
    const auto found = std::ranges::partition_point(notes_, [&](const auto& note) { return note.onset < reach; });
    return static_cast<std::size_t>(found - notes_.begin());
}

bool ContextWindow::fits(score::Tick start, score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const {
    if ((until - start).count > maxBeats * division_.quarter()) return false;
    const auto notes = notes_.size() - firstNoteFrom(start);
    return notes <= maxRows && rows(start, until, notes).size() <= maxRows;
}

} // namespace continuo::inference
