#pragma once

#include "engine/tokens/tokenizer.h"

#include <cstdint>
#include <optional>

namespace continuo::tokens {

/// A note as rows say it.
struct RowNote {
    std::int64_t onset = 0;  // positions (twelve a quarter) from time 0 of the rows
    std::int64_t length = 0; // positions
    std::uint8_t pitch = 0;
    std::uint8_t velocity = 0;    // 0 where the tokenizer does not say it
    std::uint16_t instrument = 0; // 0 where the tokenizer does not say it
    friend bool operator==(const RowNote&, const RowNote&) = default;
};

/// Turns rows into notes one by one, for every tokenizer: what is drawn from a net or read from a file. Copied freely;
/// never allocates but for the sentence of an error.
class RowReader {
public:
    /// `firstIndex`: what errors call the first row.
    explicit RowReader(const TokenizerSettings& settings, std::size_t firstIndex = 0);

    /// The note that this row completes, if it does. A row that cannot stand here is refused by its index, and leaves
    /// the reader as it was. Rows behind the end are not read.
    base::Result<std::optional<RowNote>> read(const Row& row);

    bool hasEnded() const { return ended_; }
    /// How far time has come: the onset of the last note, or where shifts without a note have led since.
    std::int64_t reached() const { return time_; }
    /// The index of the next row.
    std::size_t count() const { return count_; }

private:
    using Read = base::Result<std::optional<RowNote>>;
    Read readMmt(const Row& row);
    Read readTpd(const Row& row);
    Read readStructured(std::uint16_t token);
    std::optional<RowNote> takeStructured(int kind, std::uint16_t token);
    Read refuse(const std::string& what) const;

    TokenizerSettings settings_; // its name is short enough to copy without allocation
    Family family_;
    bool corrected_;
    std::size_t count_ = 0;
    bool ended_ = false;
    std::int64_t time_ = 0;
    int slot_ = 0;          // structured: tokens of the present note so far
    bool mayShift_ = false; // structured, corrected: the last token was the largest shift, another may follow
    RowNote note_;          // structured: the present note
};

} // namespace continuo::tokens
