#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/tokens/row.h"

#include <string>
#include <string_view>
#include <vector>

namespace continuo::tokens {

/// Whether the reference is reproduced token for token, its slips included.
enum class Parity { None, MidiLm };

/// How rows of one note follow each other inside a piece.
enum class RowOrder {
    InstrumentPitch,         // strictly ascending by (beat, position, instrument, pitch)
    PitchDurationInstrument, // strictly ascending by (beat, position, pitch, duration, instrument)
    Instrument,              // not descending by (beat, position, instrument)
};

/// Positions a quarter note. A beat is always a quarter note; metre is not modelled.
inline constexpr int kPositions = 12;
/// Ticks a quarter note of scores decoded in the corrected mode; in the parity modes kPositions.
inline constexpr int kDecodedDivision = 960;

/// Which tokenizer reads and writes rows. The default is the corrected `mmt`:
///  - the instrument of a note is the program in force at its onset; drum tracks are instrument 65; programs that the
///    table leaves out go to the nearest mapped one, and the report says so;
///  - instrument rows are the sorted distinct instruments of the notes that the rows hold;
///  - of notes alike in (beat, position, instrument, pitch) the longest stays; rows are in that order, strictly
///  ascending;
///  - start-of-song only where the piece begins, end-of-song only where it ends within the rows.
/// `parity=midi-lm` is jeremyjordan/midi-lm at ff95499. `mmt-official` is Dong et al., "Multitrack Music Transformer",
/// ICASSP 2023: no drums, no unmapped programs, the first note's beat is beat 0.
struct TokenizerSettings {
    std::string name = "mmt"; // mmt or mmt-official
    Parity parity = Parity::None;
    int maxBeats = 256; // 1..256: beats 0..maxBeats-1 have ids
    int maxRows = 1024; // at least 4: start, one instrument, start of notes, one note

    bool isCorrected() const { return name == "mmt" && parity == Parity::None; }
    RowOrder order() const;
    /// Ids of each field that this tokenizer writes and reads, 0 included: 5, 257, 13, 129, 33, 66 or 65.
    Row vocabulary() const;
    friend bool operator==(const TokenizerSettings&, const TokenizerSettings&) = default;
};

/// By the words of a configuration: name mmt or mmt-official, parity none, midi-lm or (for mmt-official) mmt.
base::Result<TokenizerSettings> namedTokenizer(std::string_view name, std::string_view parity = "none");
const char* parityName(Parity parity);

/// Everything needed to read the rows again: version, settings, durations, the whole instrument table.
base::Json toJson(const TokenizerSettings& settings);
/// Refuses a newer version and tables other than this program's, each with a sentence.
base::Result<TokenizerSettings> tokenizerFromJson(const base::Json& json);

/// The 32 durations that have ids, in positions; id v is entry v - 1.
const std::vector<int>& knownDurations();
/// The id (1..32) of the nearest known duration; ties go to the shorter.
std::uint16_t durationId(std::int64_t positions);

/// A sentence for a row that this tokenizer could not have written, "row 17: pitch 200 is outside 1..128".
base::Status checkRow(const Row& row, std::size_t index, const TokenizerSettings& settings);

} // namespace continuo::tokens
