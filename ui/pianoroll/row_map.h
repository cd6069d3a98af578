#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <span>

namespace continuo::ui {

using PitchSet = std::bitset<128>;

/// Which pitch each row of the roll shows: all of them, those in use, those of a scale, or the pieces of a drum kit in
/// its own order. A plain value. Rows count from 0 at the bottom. What has no row is hidden, not changed.
class RowMap {
public:
    static constexpr int kPitches = 128;
    enum class Kind : std::uint8_t { Chromatic, Used, Scale, Drums };

    /// Every pitch has its row, numbered as it is.
    RowMap();
    /// A row for each pitch of `used`; every pitch where it is empty.
    static RowMap ofUsed(const PitchSet& used);
    /// A row for each pitch of `scale`, and marked ones for what is used besides.
    static RowMap ofScale(const PitchSet& scale, const PitchSet& used);
    /// Pieces of a kit, from the bottom up; their notes are hits without a length. Every pitch where it is empty.
    static RowMap ofDrums(std::span<const std::uint8_t> bottomUp);

    Kind kind() const { return kind_; }
    bool isFolded() const { return kind_ != Kind::Chromatic; }
    bool showsHits() const { return kind_ == Kind::Drums; }
    int rows() const { return count_; }
    bool shows(int pitch) const { return rowOf_[at(pitch)] >= 0; }
    /// The pitch of a row; of one beyond the ends, of the last.
    int pitchOf(int row) const { return pitchOf_[at(row < 0 ? 0 : row >= count_ ? count_ - 1 : row)]; }
    /// The row of a pitch; of a hidden one, that of the nearest pitch that is shown.
    int rowOf(int pitch) const { return rowOf_[at(pitch)] >= 0 ? rowOf_[at(pitch)] : nearestRow(pitch); }
    /// A row that is there only because it is used, outside the scale.
    bool isMarked(int row) const { return marked_.test(at(row)); }

    /// How many steps lie between two rows, which may lie beyond the ends: rows, but marked ones count with the row
    /// below. So a step of a map folded to a scale is a step of the scale.
    int stepsBetween(int fromRow, int toRow) const { return stepOf(toRow) - stepOf(fromRow); }
    /// As near to `steps` as every pitch of `pitches` can go.
    int allowedSteps(int steps, const PitchSet& pitches) const;
    /// Where a drag by `steps` takes each pitch. One without a step of its own keeps its distance from the step below;
    /// of a kit, it stays.
    std::array<std::uint8_t, kPitches> carriedBy(int steps) const;

    friend bool operator==(const RowMap&, const RowMap&) = default;

private:
    RowMap(Kind kind, std::span<const std::uint8_t> bottomUp, const PitchSet& marked);
    static std::size_t at(int index) { return static_cast<std::size_t>(index); }
    int nearestRow(int pitch) const;
    int stepOf(int row) const;
    int carried(int pitch, int steps) const; // may lie outside 0..127

    Kind kind_ = Kind::Chromatic;
    std::uint8_t count_ = kPitches;
    std::array<std::int16_t, kPitches> rowOf_;
    std::array<std::uint8_t, kPitches> pitchOf_{}; // by row
    PitchSet marked_;                              // by row
};

/// The pitches of all octaves whose name is in a scale.
PitchSet everyOctave(const std::array<bool, 12>& scale);

} // namespace continuo::ui
