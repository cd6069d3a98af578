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

WindowSource::Source WindowSource::makeSource(const Piece& piece) {
    std::vector<std::string> report;
    Source source;
    source.notes = tokens::tokenNotes(piece.score, settings_.tokenizer, report);
    for (const auto& line : report) report_.push_back(piece.name + ": " + line);
    source.division = piece.score.division;
    source.bars = piece.score.meterMap();
    if (source.notes.empty()) return source;
    const auto shifts = possibleShifts(source.notes, settings_.lowest, settings_.highest);
    if (settings_.transpose) std::tie(source.lowest, source.highest) = shifts;
    source.lastStart = lastStartOf(source);
    source.windows = source.lastStart == 0 ? 1.0 : std::max(1.0, windowsOf(source));
    return source;
}

/// By rows or by crops, whichever makes more.
double WindowSource::windowsOf(const Source& source) const {
    const double rowsOfNote = settings_.tokenizer.family() == tokens::Family::Structured ? 4 : 1;
    const double byRows = static_cast<double>(source.notes.size()) * rowsOfNote / settings_.tokenizer.maxRows;
    if (settings_.cropBeats == 0) return byRows;
    const auto beats =
        static_cast<double>(source.notes.back().onset.fromStart) / static_cast<double>(source.division.quarter());
    return std::max(byRows, beats / settings_.cropBeats);
}

/// Reaching the end is monotone in the start, so the first bar that does is found by halving.
std::int64_t WindowSource::lastStartOf(const Source& source) const {
    const auto reachesEnd = [&](std::int64_t start) {
        return encodeFrom(source, start, 0).next >= source.notes.size();
    };
    if (reachesEnd(0)) return 0;
    std::int64_t tooEarly = 0;
    auto reaching = startAtNote(source, source.notes.size() - 1);
    while (tooEarly + 1 < reaching) {
        const auto middle = tooEarly + (reaching - tooEarly) / 2;
        (reachesEnd(middle) ? reaching : tooEarly) = middle;
    }
    return std::max<std::int64_t>(1, reaching);
}

score::Tick WindowSource::startOf(const Source& source, std::int64_t start) const {
    return isCrop() ? score::Tick{start * source.division.quarter()} : source.bars.barStart(start);
}

std::int64_t WindowSource::startAtNote(const Source& source, std::size_t next) const {
    const auto onset = source.notes[next].onset;
    return isCrop() ? onset.fromStart / source.division.quarter() : source.bars.positionAt(onset).bar;
}

tokens::Encoded WindowSource::encodeFrom(const Source& source, std::int64_t start, int shift) const {
    tokens::Window window;
    window.range.start = startOf(source, start);
    if (settings_.cropBeats > 0)
        window.range.end = window.range.start + score::Ticks{settings_.cropBeats * source.division.quarter()};
    window.transpose = shift;
    window.holds = true;
    window.isPiece = isCrop();
    return tokens::encodeWindow(source.notes, source.division, window, settings_.tokenizer);
}

tokens::Rows WindowSource::draw(base::Random& random) const {
    assert(!isEmpty());
    const auto at = random.uniform() * cumulative_.back();
    const auto chosen = std::upper_bound(cumulative_.begin(), std::prev(cumulative_.end()), at) - cumulative_.begin();
    const auto& source = pieces_[static_cast<std::size_t>(chosen)];
    const int shift = static_cast<int>(random.between(source.lowest, source.highest));
    auto encoded = encodeFrom(source, random.between(0, source.lastStart), shift);
    if (encoded.source.empty()) { // a silence longer than a window: start where music goes on
        const auto next = std::min(encoded.next, source.notes.size() - 1);
        encoded = encodeFrom(source, startAtNote(source, next), shift);
    }
    return std::move(encoded.rows);
}

std::vector<tokens::Rows> WindowSource::covering(std::size_t limit) const {
    std::vector<tokens::Rows> windows;
    for (const auto& source : pieces_) {
        std::int64_t start = 0;
        while (true) {
            auto encoded = encodeFrom(source, start, 0);
            if (!encoded.source.empty()) windows.push_back(std::move(encoded.rows));
            if (encoded.next >= source.notes.size()) break;
            start = std::max(start + 1, startAtNote(source, encoded.next));
        }
    }
    if (limit == 0 || windows.size() <= limit) return windows;
    std::vector<tokens::Rows> spread;
    for (std::size_t i = 0; i < limit; ++i) spread.push_back(std::move(windows[i * windows.size() / limit]));
    return spread;
}

} // namespace continuo::corpus
