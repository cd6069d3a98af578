#pragma once

#include "engine/base/random.h"
#include "engine/corpus/dataset.h"
#include "engine/tokens/encoder.h"

#include <limits>
#include <span>
#include <vector>

namespace continuo::corpus {

inline constexpr int kWholePiece = std::numeric_limits<int>::max(); // as WindowSettings::cropBeats

/// How training rows are cut from pieces.
struct WindowSettings {
    tokens::TokenizerSettings tokenizer; // its maxRows is the length of a window
    int cropBeats = 0;                   // quarter notes of a window at most; 0: as many as have rows
    bool transpose = true;               // each drawn window by a random shift in lowest..highest
    int lowest = -5;                     // semitones; clamped so that all notes of the piece stay in 0..127
    int highest = 6;
    /// Notes of all pieces together that stay in memory (40 bytes each); the pieces beyond are read from the dataset
    /// anew for each window, so that memory does not grow with the number of files.
    std::size_t keptNotes = std::size_t{4} << 20;
};

/// Rows of one part of a dataset: whole pieces where they fit into maxRows rows, maxBeats beats (`mmt`) and cropBeats,
/// else windows from a bar line on. Begin and end symbols stand only where the piece truly begins and ends; notes that
/// sound over the start of a window are written there with what is left of them. A shift never takes a note out of
/// 0..127. Under parity=midi-lm with cropBeats, windows are midi-lm's own (MidiLmCrop), every piece as likely as any
/// other, from any quarter note, of what midi-lm makes of the file (Dataset::imported); only its shifts are kept in
/// 0..127. Drawing is const and thread-safe.
class WindowSource {
public:
    /// Shares the music of `dataset`.
    WindowSource(const Dataset& dataset, Part part, const WindowSettings& settings);

    /// Nothing can be drawn: the part has no piece with notes.
    bool isEmpty() const { return pieces_.empty(); }
    std::size_t pieceCount() const { return pieces_.size(); }

    /// One window. A piece is chosen by its length in windows (at least one), so that every row is seen about equally
    /// often; its bar uniformly up to the first from which the rest fits. Never without a note.
    tokens::Rows draw(base::Random& random) const;

    /// An epoch has so many samples: every piece as often as it has windows, so that every row is seen about once.
    std::size_t sampleCount() const { return sampleEnds_.empty() ? 0 : sampleEnds_.back(); }
    /// Sample `index` of an epoch, a window: it starts at random within the share of the piece that the sample stands
    /// for, so that the samples of one piece are spread over it. Never without a note.
    tokens::Rows sample(std::size_t index, base::Random& random) const;

    /// Fixed windows that cover every piece from its first to its last note, untransposed, in the order of the pieces;
    /// with a `limit` above 0, at most so many, spread evenly.
    std::vector<tokens::Rows> covering(std::size_t limit = 0) const;

    /// What the tokenizer changed or left out, "piece: sentence".
    const std::vector<std::string>& report() const { return report_; }

private:
    using Notes = std::span<const tokens::TokenNote>;
    struct Source {
        std::size_t index = 0;               // in the dataset
        std::vector<tokens::TokenNote> kept; // its notes, or none where they are read anew
        score::Division division;
        score::MeterMap bars;
        int lowest = 0; // the shifts that keep its notes in range
        int highest = 0;
        std::int64_t lastStart = 0; // the bar (midi-lm's crops: quarter note) of the last window; 0: it fits whole
        double windows = 1;         // its length
    };

    struct Place {
        const Source* source = nullptr;
        std::int64_t start = 0;
    };

    bool isCrop() const { return settings_.cropBeats > 0 && settings_.tokenizer.parity == tokens::Parity::MidiLm; }
    void addSource(std::size_t index);
    std::vector<tokens::TokenNote> readNotes(std::size_t index) const;
    double windowsOf(const Source& source, Notes notes) const;
    std::int64_t lastStartOf(const Source& source, Notes notes) const;
    void addWindows(std::size_t index);
    void addCrops(std::size_t index);
    void keep(Source source);
    const Source& sourceOf(std::size_t sample, std::size_t& firstSample) const;
    std::vector<std::int64_t> cropStarts(const Source& source) const;
    tokens::Rows crop(const Source& source, std::int64_t start, int shift) const;
    tokens::Rows windowFrom(const Source& source, std::int64_t start, int shift) const;
    tokens::Encoded encodeFrom(const Source& source, Notes notes, std::int64_t start, int shift) const;
    std::vector<std::int64_t> coveringStarts(const Source& source, Notes notes) const;
    /// Where to start so that a note at `onset` is read.
    std::int64_t startAt(const Source& source, score::Tick onset) const;

    /// Calls `use` with the notes of a piece, which may live for that call only.
    template <typename Use>
    auto withNotes(const Source& source, Use use) const {
        if (!source.kept.empty()) return use(Notes(source.kept));
        const auto notes = readNotes(source.index);
        return use(Notes(notes));
    }

    WindowSettings settings_;
    Dataset dataset_;
    std::size_t kept_ = 0; // notes
    std::vector<Source> pieces_;
    std::vector<double> cumulative_;
    std::vector<std::size_t> sampleEnds_; // of each piece, one past its last sample
    std::vector<std::string> report_;
};

} // namespace continuo::corpus
