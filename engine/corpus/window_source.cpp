#include "engine/corpus/window_source.h"

#include "engine/corpus/transforms.h"

#include <algorithm>
#include <cassert>

namespace continuo::corpus {

WindowSource::WindowSource(const Dataset& dataset, Part part, const WindowSettings& settings) : settings_(settings) {
    for (const auto index : dataset.indices(part)) {
        auto source = makeSource({{}, part, dataset.score(index)});
        if (source.notes.empty()) continue;
        cumulative_.push_back((cumulative_.empty() ? 0.0 : cumulative_.back()) + source.windows);
        pieces_.push_back(std::move(source));
    }
}

WindowSource::Source WindowSource::makeSource(const Piece& piece) const {
    std::vector<std::string> report;
    Source source;
    source.notes = tokens::tokenNotes(piece.score, settings_.tokenizer, report);
    source.division = piece.score.division;
    source.bars = piece.score.meterMap();
    if (source.notes.empty()) return source;
    const auto shifts = possibleShifts(source.notes, settings_.lowest, settings_.highest);
    if (settings_.transpose) std::tie(source.lowest, source.highest) = shifts;
    source.lastStart = lastStartOf(source);
    const auto whole = static_cast<double>(source.notes.size());
    source.windows = source.lastStart == 0 ? 1.0 : std::max(1.0, whole / settings_.tokenizer.maxRows);
    return source;
}

/// Fitting is monotone in the start, so the first bar that does is found by halving.
std::int64_t WindowSource::lastStartOf(const Source& source) const {
    const auto fits = [&](std::int64_t bar) { return !encodeFrom(source, bar, 0).truncated; };
    if (fits(0)) return 0;
    std::int64_t tooEarly = 0;
    auto fitting = source.bars.positionAt(source.notes.back().onset).bar;
    while (tooEarly + 1 < fitting) {
        const auto middle = tooEarly + (fitting - tooEarly) / 2;
        (fits(middle) ? fitting : tooEarly) = middle;
    }
    return std::max<std::int64_t>(1, fitting);
}

tokens::Encoded WindowSource::encodeFrom(const Source& source, std::int64_t bar, int shift) const {
    tokens::Window window;
    window.range.start = source.bars.barStart(bar);
    window.transpose = shift;
    return tokens::encodeWindow(source.notes, source.division, window, settings_.tokenizer);
}

tokens::Rows WindowSource::draw(base::Random& random) const {
    assert(!isEmpty());
    const auto at = random.uniform() * cumulative_.back();
    const auto chosen = std::upper_bound(cumulative_.begin(), std::prev(cumulative_.end()), at) - cumulative_.begin();
    const auto& source = pieces_[static_cast<std::size_t>(chosen)];
    const int shift = static_cast<int>(random.between(source.lowest, source.highest));
    const auto bar = random.between(0, source.lastStart);
    auto encoded = encodeFrom(source, bar, shift);
    if (encoded.source.empty()) { // a silence longer than a window: start where music goes on
        const auto next = std::min(encoded.next, source.notes.size() - 1);
        encoded = encodeFrom(source, source.bars.positionAt(source.notes[next].onset).bar, shift);
    }
    return std::move(encoded.rows);
}

std::vector<tokens::Rows> WindowSource::covering(std::size_t limit) const {
    std::vector<tokens::Rows> windows;
    for (const auto& source : pieces_) {
        std::int64_t bar = 0;
        while (true) {
            auto encoded = encodeFrom(source, bar, 0);
            const bool more = encoded.truncated;
            if (!encoded.source.empty()) windows.push_back(std::move(encoded.rows));
            if (!more) break;
            bar = std::max(bar + 1, source.bars.positionAt(source.notes[encoded.next].onset).bar);
        }
    }
    if (limit == 0 || windows.size() <= limit) return windows;
    std::vector<tokens::Rows> spread;
    for (std::size_t i = 0; i < limit; ++i) spread.push_back(std::move(windows[i * windows.size() / limit]));
    return spread;
}

} // namespace continuo::corpus
