#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace continuo::tokens {

/// The six fields of a multitrack row, in the order of the file format and of the network's tables and heads
/// (Dong et al., "Multitrack Music Transformer", ICASSP 2023, section 3).
enum Field : std::size_t { kType, kBeat, kPosition, kPitch, kDuration, kInstrument, kFieldCount };
inline constexpr std::array<const char*, kFieldCount> kFieldNames{"event_type", "beat",     "position",
                                                                  "pitch",      "duration", "instrument"};

/// What a net reads and writes in one step: an id for each stream of the tokenizer, in their order. `mmt` uses all six,
/// `tpd` the first three, `structured` the first; the rest is 0.
using Row = std::array<std::uint16_t, kFieldCount>;
using Rows = std::vector<Row>;

enum RowType : std::uint16_t { kStartOfSong, kInstrumentRow, kStartOfNotes, kNote, kEndOfSong };

/// The streams of `tpd`.
enum TpdField : std::size_t { kTimeShift, kTpdPitch, kTpdDuration };
/// The one stream of `structured`.
inline constexpr std::size_t kToken = 0;

/// Symbols in the pitch stream of `tpd` and in the stream of `structured`; a pitch there is its MIDI key + kFirstKey.
enum Symbol : std::uint16_t { kPad, kBegin, kEnd, kFirstKey };

} // namespace continuo::tokens
