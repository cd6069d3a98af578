#pragma once

#include "engine/base/random.h"
#include "engine/corpus/dataset.h"
#include "engine/tokens/encoder.h"

#include <vector>

namespace continuo::corpus {

/// How training rows are cut from pieces.
struct WindowSettings {
    tokens::TokenizerSettings tokenizer; // its maxRows is the length of a window
    int cropBeats = 0;                   // quarter notes of a window at most; 0: as many as have rows
    bool transpose = true;               // each drawn window by a random shift in lowest..highest
    int lowest = -5;                     // semitones; clamped so that all notes of the piece stay in 0..127
    int highest = 6;
};

/// Rows of one part of a dataset: whole pieces where they fit into maxRows rows, maxBeats beats (`mmt`) and cropBeats,
/// else windows from a bar line on. Begin and end symbols stand only where the piece truly begins and ends; notes that
/// sound over the start of a window are written there with what is left of them. A shift never takes a note out of
/// 0..127. Under parity=midi-lm with cropBeats, windows are midi-lm's crops instead: from any quarter note, with begin
/// and end at both edges, without the notes that sound over the start. Drawing is const and thread-safe.
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

    /// What the tokenizer changed or left out, "piece: sentence".
    const std::vector<std::string>& report() const { return report_; }

private:
    struct Source {
        std::vector<tokens::TokenNote> notes;
        score::Division division;
        score::MeterMap bars;
        int lowest = 0; // the shifts that keep its notes in range
        int highest = 0;
        std::int64_t lastStart = 0; // the bar (midi-lm's crops: quarter note) of the last window; 0: it fits whole
        double windows = 1;         // its length
    };

    bool isCrop() const { return settings_.cropBeats > 0 && settings_.tokenizer.parity == tokens::Parity::MidiLm; }
    Source makeSource(const Piece& piece);
    double windowsOf(const Source& source) const;
    std::int64_t lastStartOf(const Source& source) const;
    score::Tick startOf(const Source& source, std::int64_t start) const;
    tokens::Encoded encodeFrom(const Source& source, std::int64_t start, int shift) const;
    /// Where to start so that the note at `next` is read.
    std::int64_t startAtNote(const Source& source, std::size_t next) const;

    WindowSettings settings_;
    std::vector<Source> pieces_;
    std::vector<double> cumulative_;
    std::vector<std::string> report_;
};

} // namespace continuo::corpus
