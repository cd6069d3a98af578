#pragma once

#include "engine/tokens/encoder.h"

#include <bitset>
#include <vector>

namespace continuo::tokens {

/// A note at its place on the grid, with the pitch it is written with.
struct GridNote {
    std::int64_t at = 0; // positions from time 0 of the rows
    std::int64_t length = 0;
    std::uint16_t instrument = 0;
    int pitch = 0;
    int velocity = 64;
    SourceNote source;
};

/// Fills the rows of a window, position by position, while there is room for whole notes.
class RowWriter {
public:
    RowWriter(const TokenizerSettings& settings, bool begins)
        : settings_(settings), corrected_(settings.isCorrected()), begins_(begins) {}
    virtual ~RowWriter() = default;

    /// All notes of one position, later than those before; puts them in order. False when rows are full.
    bool add(std::vector<GridNote>& notes);
    /// `ends`: the end symbol is written if a row is free.
    virtual Encoded finish(bool ends) = 0;

protected:
    /// Sorts the notes of one position as the tokenizer asks and drops those that it does not tell apart.
    virtual void arrange(std::vector<GridNote>& notes) const = 0;
    /// Writes the note and keeps its source, or does nothing and returns false.
    virtual bool append(const GridNote& note) = 0;

    std::size_t limit() const { return static_cast<std::size_t>(settings_.maxRows); }

    const TokenizerSettings& settings_;
    bool corrected_;
    bool begins_;
    Rows rows_;
    std::vector<SourceNote> source_;
};

class MmtWriter : public RowWriter {
public:
    MmtWriter(const TokenizerSettings& settings, bool begins, const std::vector<std::uint16_t>& declared);
    Encoded finish(bool ends) override;

private:
    void arrange(std::vector<GridNote>& notes) const override;
    bool append(const GridNote& note) override;

    std::bitset<128> instruments_;
    std::size_t declared_ = 0; // of them
};

/// `tpd` and `structured`: notes one after the other; a subclass writes one note.
class ShiftWriter : public RowWriter {
public:
    using RowWriter::RowWriter;
    Encoded finish(bool ends) override;

protected:
    void arrange(std::vector<GridNote>& notes) const override;
    bool append(const GridNote& note) override;
    /// Appends the rows of a note that starts `gap` positions after the one before.
    virtual void write(const GridNote& note, std::int64_t gap) = 0;

    std::size_t pitchColumn_ = 0; // where begin and end stand
    std::int64_t last_ = 0;
};

class TpdWriter : public ShiftWriter {
public:
    TpdWriter(const TokenizerSettings& settings, bool begins);

private:
    void write(const GridNote& note, std::int64_t gap) override;
};

class StructuredWriter : public ShiftWriter {
public:
    StructuredWriter(const TokenizerSettings& settings, bool begins);

private:
    void write(const GridNote& note, std::int64_t gap) override;
};

} // namespace continuo::tokens
