#include "engine/corpus/window_source.h"

#include "engine/corpus/midi_lm_crop.h"
#include "engine/corpus/transforms.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <iterator>
#include <limits>

namespace continuo::corpus {

WindowSource::WindowSource(const Dataset& dataset, Part part, const WindowSettings& settings)
    : settings_(settings), dataset_(dataset) {
    for (const auto index : dataset.indices(part)) addSource(index);
}

void WindowSource::addSource(std::size_t index) { isCrop() ? addCrops(index) : addWindows(index); }

void WindowSource::addWindows(std::size_t index) {
    const auto score = dataset_.score(index);
    std::vector<std::string> report;
    auto notes = tokens::tokenNotes(score, settings_.tokenizer, report);
    for (const auto& line : report) report_.push_back(dataset_.facts(index).name + ": " + line);
    if (notes.empty()) return;
    Source source;
    source.index = index;
    source.division = score.division;
    source.bars = score.meterMap();
    const auto shifts = possibleShifts(notes, settings_.lowest, settings_.highest);
    if (settings_.transpose) std::tie(source.lowest, source.highest) = shifts;
    source.lastStart = lastStartOf(source, notes);
    source.windows = source.lastStart == 0 ? 1.0 : std::max(1.0, windowsOf(source, notes));
    if (kept_ + notes.size() <= settings_.keptNotes) {
        kept_ += notes.size();
        notes.shrink_to_fit();
        source.kept = std::move(notes);
    }
    keep(std::move(source));
}

/// A piece that midi-lm does not read is left out, and reported.
void WindowSource::addCrops(std::size_t index) {
    const auto imported = dataset_.imported(index);
    const MidiLmCrop piece(imported);
    if (const auto sample = piece.encode(0, 1, 0, settings_.tokenizer); !sample) {
        report_.push_back(dataset_.facts(index).name + ": left out: " + sample.error().message);
        return;
    }
    Source source;
    source.index = index;
    const auto shifts = possibleShifts(imported, settings_.lowest, settings_.highest);
    if (settings_.transpose) std::tie(source.lowest, source.highest) = shifts;
    source.lastStart = std::max<std::int64_t>(0, piece.wholeBeats() - settings_.cropBeats);
    keep(std::move(source));
}

void WindowSource::keep(Source source) {
    cumulative_.push_back((cumulative_.empty() ? 0.0 : cumulative_.back()) + source.windows);
    sampleEnds_.push_back(sampleCount() + static_cast<std::size_t>(std::ceil(source.windows)));
    pieces_.push_back(std::move(source));
}

std::vector<tokens::TokenNote> WindowSource::readNotes(std::size_t index) const {
    std::vector<std::string> report;
    return tokens::tokenNotes(dataset_.score(index), settings_.tokenizer, report);
}

/// By rows or by crops, whichever makes more.
double WindowSource::windowsOf(const Source& source, Notes notes) const {
    const double rowsOfNote = settings_.tokenizer.family() == tokens::Family::Structured ? 4 : 1;
    const double byRows = static_cast<double>(notes.size()) * rowsOfNote / settings_.tokenizer.maxRows;
    if (settings_.cropBeats == 0) return byRows;
    const auto beats =
        static_cast<double>(notes.back().onset.fromStart) / static_cast<double>(source.division.quarter());
    return std::max(byRows, beats / settings_.cropBeats);
}

/// Reaching the end is monotone in the start, so the first bar that does is found by halving.
std::int64_t WindowSource::lastStartOf(const Source& source, Notes notes) const {
    const auto reachesEnd = [&](std::int64_t start) {
        return encodeFrom(source, notes, start, 0).next >= notes.size();
    };
    if (reachesEnd(0)) return 0;
    std::int64_t tooEarly = 0;
    auto reaching = startAt(source, notes.back().onset);
    while (tooEarly + 1 < reaching) {
        const auto middle = tooEarly + (reaching - tooEarly) / 2;
        (reachesEnd(middle) ? reaching : tooEarly) = middle;
    }
    return std::max<std::int64_t>(1, reaching);
}

/// A piece no longer than a crop is taken whole.
tokens::Rows WindowSource::crop(const Source& source, std::int64_t start, int shift) const {
    const auto beats = source.lastStart == 0 ? std::numeric_limits<std::int64_t>::max() : settings_.cropBeats;
    const MidiLmCrop piece(dataset_.imported(source.index));
    return piece.encode(start, beats, shift, settings_.tokenizer)->rows;
}

std::int64_t WindowSource::startAt(const Source& source, score::Tick onset) const {
    return source.bars.positionAt(onset).bar;
}

tokens::Encoded WindowSource::encodeFrom(const Source& source, Notes notes, std::int64_t start, int shift) const {
    tokens::Window window;
    window.range.start = source.bars.barStart(start);
    if (settings_.cropBeats > 0)
        window.range.end = window.range.start + score::Ticks{settings_.cropBeats * source.division.quarter()};
    window.transpose = shift;
    window.holds = true;
    return tokens::encodeWindow(notes, source.division, window, settings_.tokenizer);
}

tokens::Rows WindowSource::draw(base::Random& random) const {
    assert(!isEmpty());
    const auto at = random.uniform() * cumulative_.back();
    const auto chosen = std::upper_bound(cumulative_.begin(), std::prev(cumulative_.end()), at) - cumulative_.begin();
    const auto& source = pieces_[static_cast<std::size_t>(chosen)];
    const int shift = static_cast<int>(random.between(source.lowest, source.highest));
    const auto start = random.between(0, source.lastStart);
    return windowFrom(source, start, shift);
}

const WindowSource::Source& WindowSource::sourceOf(std::size_t sample, std::size_t& firstSample) const {
    assert(sample < sampleCount());
    const auto piece = std::upper_bound(sampleEnds_.begin(), sampleEnds_.end(), sample) - sampleEnds_.begin();
    firstSample = piece == 0 ? 0 : sampleEnds_[static_cast<std::size_t>(piece) - 1];
    return pieces_[static_cast<std::size_t>(piece)];
}

tokens::Rows WindowSource::sample(std::size_t index, base::Random& random) const {
    std::size_t first = 0;
    const auto& source = sourceOf(index, first);
    const auto count = static_cast<std::int64_t>(std::ceil(source.windows));
    const auto share = static_cast<std::int64_t>(index - first);
    const int shift = static_cast<int>(random.between(source.lowest, source.highest));
    const auto starts = source.lastStart + 1; // that a window may have
    const auto from = std::min(share * starts / count, source.lastStart);
    const auto to = std::max(from, (share + 1) * starts / count - 1);
    return windowFrom(source, random.between(from, to), shift);
}

tokens::Rows WindowSource::windowFrom(const Source& source, std::int64_t start, int shift) const {
    if (isCrop()) return crop(source, start, shift);
    return withNotes(source, [&](Notes notes) {
        auto encoded = encodeFrom(source, notes, start, shift);
        if (encoded.source.empty()) { // a silence longer than a window: start where music goes on
            const auto next = std::min(encoded.next, notes.size() - 1);
            encoded = encodeFrom(source, notes, startAt(source, notes[next].onset), shift);
        }
        return std::move(encoded.rows);
    });
}

std::vector<std::int64_t> WindowSource::coveringStarts(const Source& source, Notes notes) const {
    std::vector<std::int64_t> starts;
    std::int64_t start = 0;
    while (true) {
        const auto encoded = encodeFrom(source, notes, start, 0);
        if (!encoded.source.empty()) starts.push_back(start);
        if (encoded.next >= notes.size()) return starts;
        start = std::max(start + 1, startAt(source, notes[encoded.next].onset));
    }
}

std::vector<std::int64_t> WindowSource::cropStarts(const Source& source) const {
    std::vector<std::int64_t> starts{0};
    while (starts.back() < source.lastStart) starts.push_back(starts.back() + settings_.cropBeats);
    return starts;
}

/// Places come first and rows only for those that stay, so that a limit limits memory as well.
std::vector<tokens::Rows> WindowSource::covering(std::size_t limit) const {
    std::vector<Place> places;
    for (const auto& source : pieces_) {
        const auto starts = isCrop() ? cropStarts(source)
                                     : withNotes(source, [&](Notes notes) { return coveringStarts(source, notes); });
        for (const auto start : starts) places.push_back({&source, start});
    }
    const auto count = limit == 0 ? places.size() : std::min(limit, places.size());
    std::vector<tokens::Rows> windows;
    windows.reserve(count);
    const auto chosen = [&](std::size_t i) { return places[i * places.size() / count]; };
    for (std::size_t i = 0; i < count;) {
        const auto& source = *chosen(i).source;
        withNotes(source, [&](Notes notes) {
            for (; i < count && chosen(i).source == &source; ++i)
                windows.push_back(isCrop() ? crop(source, chosen(i).start, 0)
                                           : encodeFrom(source, notes, chosen(i).start, 0).rows);
        });
    }
    return windows;
}

} // namespace continuo::corpus
