#include "engine/inference/context_window.h"

#include <algorithm>

namespace continuo::inference {

ContextWindow::ContextWindow(std::vector<tokens::TokenNote> notes, score::MeterMap meter, score::Division division,
                             const tokens::TokenizerSettings& settings, std::vector<std::uint16_t> declared)
    : notes_(std::move(notes)), meter_(std::move(meter)), division_(division), settings_(settings),
      declared_(std::move(declared)) {}

ContextWindow::View ContextWindow::last(score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const {
    const auto lastTick = std::max(score::Tick{0}, until - score::Ticks{1});
    auto bar = meter_.positionAt(lastTick).bar;
    auto start = meter_.barStart(bar);
    const auto longest = score::Ticks{maxBeats * division_.quarter()};
    if (start < until - longest) start = until - longest;
    while (bar > 0 && fits(meter_.barStart(bar - 1), until, maxRows, maxBeats)) start = meter_.barStart(--bar);

    const auto first = firstNoteFrom(start);
    const auto room = maxRows - std::min(maxRows, headerRows());
    const auto count = std::min(notes_.size() - first, room);
    const tokens::Window window{.range = {start, until + score::Ticks{1}}, .mayEnd = false, .declared = declared_};
    const auto seen = std::span(notes_).last(count);
    return {start, tokens::encodeWindow(seen, division_, window, settings_).rows};
}

/// The first note that rounding may place at or behind `start`.
std::size_t ContextWindow::firstNoteFrom(score::Tick start) const {
    const auto reach = start - score::Ticks{division_.quarter() / (2 * tokens::kPositions) + 1};
    const auto found = std::ranges::partition_point(notes_, [&](const auto& note) { return note.onset < reach; });
    return static_cast<std::size_t>(found - notes_.begin());
}

bool ContextWindow::fits(score::Tick start, score::Tick until, std::size_t maxRows, std::int64_t maxBeats) const {
    const auto rows = headerRows() + notes_.size() - firstNoteFrom(start);
    return rows <= maxRows && (until - start).count <= maxBeats * division_.quarter();
}

} // namespace continuo::inference
