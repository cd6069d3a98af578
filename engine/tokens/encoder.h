#pragma once

#include "engine/score/muspy_score.h"
#include "engine/tokens/tokenizer.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace continuo::tokens {

using score::SourceNote; // the note a note row was made from

struct Encoded {
    Rows rows;
    std::vector<SourceNote> source;  // one for each note in the rows, in order
    std::vector<std::string> report; // what was changed or left out, one sentence each
    bool truncated = false;          // notes were left out because rows or beats were full
    std::size_t next = 0;            // encodeWindow: index of the first note behind those that were read
};

/// The whole piece. Refused, with a sentence, where the tokenizer cannot read it: parity=midi-lm tpd and structured
/// take exactly one track; a track that was asked for must be there.
base::Result<Encoded> encode(const score::Score& score, const TokenizerSettings& settings);

/// The published encodings, slips included: settings that are not corrected.
base::Result<Encoded> encodeImported(const score::MuspyScore& score, const TokenizerSettings& settings);

/// A note as tokenizers see it.
struct TokenNote {
    score::Tick onset;
    score::Tick end;
    score::NoteId id{};
    std::uint32_t track = 0;
    std::uint16_t instrument = 0; // 1..65; of tpd and structured, 0 where the table has none
    std::uint8_t pitch = 0;
    std::uint8_t velocity = 64;
    bool drums = false; // transposition passes it over
};

/// All notes of the score that the tokenizer reads, by onset; corrected, as long as the sustain pedal holds them.
/// Reports instruments that were replaced, and what was left out or put together.
std::vector<TokenNote> tokenNotes(const score::Score& score, const TokenizerSettings& settings,
                                  std::vector<std::string>& report);

/// A part of a piece, from a bar line on.
struct Window {
    /// `range.start` becomes beat 0. Inside are the notes whose onset, rounded to a position, is not before its start
    /// and whose onset is before its end.
    score::TickRange range{score::Tick{0}, score::Tick{std::numeric_limits<std::int64_t>::max()}};
    int transpose = 0; // semitones, for all but drums; pitches must stay in 0..127 (asserted)
    /// The begin symbol is written where the range starts at tick 0, the end symbol where no note of the piece is left
    /// out at the end, and a row is free.
    bool mayBegin = true;
    bool mayEnd = true;
    /// Corrected: notes that sound over the start are written at it, with the length they have left.
    bool holds = false;
    std::vector<std::uint16_t> declared = {}; // `mmt`: instruments to declare besides those of the notes
};

/// The rows of a window; at most maxRows (and, `mmt`, maxBeats). The parity modes keep their instruments and their
/// order, and their windows begin, end and are cut as the corrected ones. `notes` as from tokenNotes, by onset.
Encoded encodeWindow(std::span<const TokenNote> notes, score::Division division, const Window& window,
                     const TokenizerSettings& settings);
Encoded encodeWindow(const score::Score& score, const Window& window, const TokenizerSettings& settings);

/// `ticks` in positions of kPositions a quarter, rounded half to even (as muspy resamples).
std::int64_t toPositions(std::int64_t ticks, std::int64_t quarter);

} // namespace continuo::tokens
