#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace continuo::tokens {

/// The six fields of a multitrack row, in the order of the file format and of the network's tables and heads
/// (Dong et al., "Multitrack Music Transformer", ICASSP 2023, section 3).
enum Field : std::size_t { kType, kBeat, kPosition, kPitch, kDuration, kInstrument, kFieldCount };
inline constexpr std::array<const char*, kFieldCount> kFieldNames{"event_type", "beat", "position", "pitch", "duration", "instrument"};

using Row = std::array<std::uint16_t, kFieldCount>;
using Rows = std::vector<Row>;

enum RowType : std::uint16_t { kStartOfSong, kInstrumentRow, kStartOfNotes, kNote, kEndOfSong };

} // namespace continuo::tokens
