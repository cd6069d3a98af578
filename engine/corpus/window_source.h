#pragma once

#include "engine/base/random.h"
#include "engine/corpus/dataset.h"
#include "engine/tokens/encoder.h"

#include <vector>

namespace continuo::corpus {

/// How training rows are cut from pieces.
struct WindowSettings {
    tokens::TokenizerSettings tokenizer; // its maxRows is the length of a window
    bool transpose = true;               // each drawn window by a random shift in lowest..highest
    int lowest = -5;                     // semitones; clamped so that all notes of the piece stay in 0..127
    int highest = 6;
};

/// Rows of one part of a dataset: whole pieces where they fit into maxRows rows and maxBeats beats, else windows from a
/// bar line on. Begin and end symbols stand only where the piece truly begins and ends. Drawing is const and
/// thread-safe.
class WindowSource {
public:
    /// Keeps no reference to `dataset`.
    WindowSource(const Dataset& dataset, Part part, const WindowSettings& settings);

    /// Nothing can be drawn: the part has no piece with notes.
    bool isEmpty() const { return pieces_.empty(); }
    std::size_t pieceCount() const { return pieces_.size(); }

    /// One window. A piece is chosen by its length in windows (at least one), so that every row is seen about equally
    /// often; its bar uniformly up to the first from which the rest fits. Never without a note.
    tokens::Rows draw(base::Random& random) const;

    /// Fixed windows that cover every piece from its first to its last note, untransposed, in the order of the pieces;
    /// with a `limit` above 0, at most so many, spread evenly.
    std::vector<tokens::Rows> covering(std::size_t limit = 0) const;

private:
    struct Source {
        std::vector<tokens::TokenNote> notes;
        score::Division division;
        score::MeterMap bars;
        int lowest = 0; // the shifts that keep its notes in range
        int highest = 0;
        std::int64_t lastStart = 0; // the bar from which the rest fits; 0 for a piece that fits whole
        double windows = 1;         // its length
    };

    Source makeSource(const Piece& piece) const;
    std::int64_t lastStartOf(const Source& source) const;
    tokens::Encoded encodeFrom(const Source& source, std::int64_t bar, int shift) const;

    WindowSettings settings_;
    std::vector<Source> pieces_;
    std::vector<double> cumulative_;
};

} // namespace continuo::corpus
