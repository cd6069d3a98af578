#include "engine/tokens/row_reader.h"

#include "engine/tokens/shift_tables.h"

#include <array>

namespace continuo::tokens {
namespace {

enum Kind { kKey, kVelocity, kLength, kShift };
constexpr std::array<TokenRange, 4> kRanges{kKeyTokens, kVelocityTokens, kDurationTokens, kShiftTokens};
constexpr std::array<const char*, 4> kKindNames{"pitch", "velocity", "duration", "time shift"};
/// The order of the tokens of one note: midi-lm puts the shift last (its D11), we put it first.
constexpr std::array<Kind, 4> kPublishedOrder{kKey, kVelocity, kLength, kShift};
constexpr std::array<Kind, 4> kCorrectedOrder{kShift, kKey, kVelocity, kLength};

} // namespace

RowReader::RowReader(const TokenizerSettings& settings, std::size_t firstIndex)
    : settings_(settings), family_(settings.family()), corrected_(settings.isCorrected()), count_(firstIndex) {}

RowReader::Read RowReader::refuse(const std::string& what) const {
    return base::failure(base::ErrorCode::FileMalformed, "row " + std::to_string(count_) + ": " + what);
}

RowReader::Read RowReader::read(const Row& row) {
    if (ended_) return std::optional<RowNote>();
    if (const auto sound = checkRow(row, count_, settings_); !sound) return base::failure(sound.error());
    auto note = family_ == Family::Mmt   ? readMmt(row)
                : family_ == Family::Tpd ? readTpd(row)
                                         : readStructured(row[kToken]);
    if (note) ++count_;
    return note;
}

RowReader::Read RowReader::readMmt(const Row& row) {
    ended_ = row[kType] == kEndOfSong;
    if (row[kType] != kNote) return std::optional<RowNote>();
    time_ = (row[kBeat] - 1) * kPositions + row[kPosition] - 1;
    return RowNote{time_, knownDurations()[row[kDuration] - 1u], static_cast<std::uint8_t>(row[kPitch] - 1), 0,
                   row[kInstrument]};
}

/// Begin and padding say nothing wherever they stand.
RowReader::Read RowReader::readTpd(const Row& row) {
    ended_ = row[kTpdPitch] == kEnd;
    if (row[kTpdPitch] == kBegin || ended_ || row[kTimeShift] == 0) return std::optional<RowNote>();
    const auto& tables = tpdTables(corrected_);
    time_ += tables.shifts[row[kTimeShift] - 1u];
    if (row[kTpdPitch] == kPad) return std::optional<RowNote>();
    return RowNote{time_, tables.durations[row[kTpdDuration] - 1u],
                   static_cast<std::uint8_t>(row[kTpdPitch] - kFirstKey), 0, 0};
}

RowReader::Read RowReader::readStructured(std::uint16_t token) {
    if (token == kEnd) {
        ended_ = true; // a note that is not complete is dropped
        return std::optional<RowNote>();
    }
    if (token == kBegin) {
        if (slot_ != 0) return refuse("token 1 (begin) stands inside a note");
        return std::optional<RowNote>();
    }
    if (token == kPad) {
        if (slot_ == 0 && corrected_) return std::optional<RowNote>();
        return refuse("token 0 (padding) stands inside the piece");
    }
    const auto& order = corrected_ ? kCorrectedOrder : kPublishedOrder;
    if (mayShift_ && slot_ == 1 && kShiftTokens.contains(token)) slot_ = 0;
    const auto kind = order[static_cast<std::size_t>(slot_)];
    const auto& range = kRanges[kind];
    if (!range.contains(token))
        return refuse("token " + std::to_string(token) + " stands where a " + kKindNames[kind] + " is due, which is " +
                      std::to_string(range.first) + ".." + std::to_string(range.end - 1));
    return takeStructured(kind, token);
}

std::optional<RowNote> RowReader::takeStructured(int kind, std::uint16_t token) {
    const int value = kRanges[static_cast<std::size_t>(kind)].valueOf(token);
    if (kind == kKey) note_.pitch = static_cast<std::uint8_t>(value);
    if (kind == kVelocity) note_.velocity = static_cast<std::uint8_t>(velocityBins()[static_cast<std::size_t>(value)]);
    if (kind == kLength) note_.length = value;
    if (kind == kShift) time_ += value;
    mayShift_ = corrected_ && kind == kShift && value == kShiftTokens.lastValue();
    slot_ = (slot_ + 1) % 4;
    if (slot_ != 0) return {};
    note_.onset = time_;
    return note_;
}

} // namespace continuo::tokens
