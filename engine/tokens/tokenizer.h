#pragma once

#include "engine/base/json.h"
#include "engine/base/result.h"
#include "engine/tokens/row.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::tokens {

/// Which reference is reproduced token for token, its slips included.
enum class Parity { None, MidiLm, Mmt };

/// How rows say music: as a table of instruments and absolute places, or as notes one after the other.
enum class Family { Mmt, Tpd, Structured };

/// How rows of one note follow each other inside a piece of the `mmt` family.
enum class RowOrder {
    InstrumentPitch, // strictly ascending by (beat, position, instrument, pitch)
    PitchDuration,   // not descending by (beat, position, pitch, duration)
    Instrument,      // not descending by (beat, position, instrument)
};

/// Positions a quarter note. A beat is always a quarter note; metre is not modelled.
inline constexpr int kPositions = 12;
/// Ticks a quarter note of scores decoded in the corrected mode; in the parity modes kPositions.
inline constexpr int kDecodedDivision = 960;

/// Which tokenizer reads and writes rows. All count time in positions, twelve a quarter note, to which onsets and ends
/// are rounded half to even. Corrected (parity none), decode(encode(score)) moves no onset off that grid:
///
/// `mmt`
///  - the instrument of a note is the program in force at its onset; drum tracks are instrument 65; programs that the
///    table leaves out go to the nearest mapped one, and the report says so;
///  - instrument rows are the sorted distinct instruments of the notes that the rows hold;
///  - of notes alike in (beat, position, instrument, pitch) the longest stays; rows are in that order, strictly
///    ascending; durations are the nearest of 32 known ones;
///  - start-of-song only where the piece begins, end-of-song only where it ends within the rows.
///
/// `tpd` (time shift, pitch, duration; one voice without loudness) and `structured` (one stream: shift, pitch,
/// velocity, duration of each note)
///  - all tracks but drums are read as one, or one of them; of notes alike in (position, pitch) the longest stays, of
///    equal lengths the first; notes are in that order, strictly ascending;
///  - the shift stands before its note. A gap that no single shift says is said by several: in `tpd` rest rows (shift,
///    0, 0) before the row of the note, each the largest shift that leaves something for the next; in `structured`
///    shift tokens of 256 before the last;
///  - `tpd`: durations are the nearest of the thirteen of tpdTables(true), and its nine shifts include 1, so that every
///    gap is said exactly and nothing accumulates; velocities are not kept (64);
///  - `structured`: durations are clamped to 1..256, velocities go to the nearest of velocityBins();
///  - begin only where the piece begins, end only where it ends within maxRows; a note is kept whole or not at all.
///
/// `parity=midi-lm` is jeremyjordan/midi-lm at ff95499 on what muspy 0.5.0 imports. `mmt-official` is Dong et al.,
/// "Multitrack Music Transformer", ICASSP 2023: no drums, no unmapped programs, the first note's beat is beat 0.
struct TokenizerSettings {
    std::string name = "mmt"; // mmt, mmt-official, tpd or structured
    Parity parity = Parity::None;
    int maxBeats = 256; // `mmt` family, 1..256: beats 0..maxBeats-1 have ids
    int maxRows = 1024; // at least leastRows()
    int track = 0;      // tpd, structured: 0 reads all tracks as one; n the n-th that has notes and is not drums

    Family family() const;
    bool isCorrected() const { return name != "mmt-official" && parity == Parity::None; }
    RowOrder order() const;
    /// The streams that rows hold: event_type beat position pitch duration instrument; time_shift pitch duration;
    /// token. A net has a table and a head for each.
    std::span<const char* const> streamNames() const;
    std::size_t streamCount() const { return streamNames().size(); }
    /// Ids of each entry of a row that this tokenizer writes and reads, 0 included: 5 257 13 129 33 66 (65 where it is
    /// not corrected); 10 131 14; 676. Entries that it does not use have one.
    Row vocabulary() const;
    /// A beginning, a note and an end have room.
    int leastRows() const { return family() == Family::Structured ? 6 : family() == Family::Tpd ? 3 : 4; }
    friend bool operator==(const TokenizerSettings&, const TokenizerSettings&) = default;
};

/// mmt, mmt-official, tpd, structured.
std::span<const std::string> tokenizerNames();
/// By the words of a configuration: one of the names, and parity none, midi-lm (all but mmt-official) or mmt
/// (mmt-official, and mmt, which then is mmt-official).
base::Result<TokenizerSettings> namedTokenizer(std::string_view name, std::string_view parity = "none");
const char* parityName(Parity parity);

/// Everything needed to read the rows again: version, settings, every table.
base::Json toJson(const TokenizerSettings& settings);
/// Refuses a newer version and tables other than this program's, each with a sentence.
base::Result<TokenizerSettings> tokenizerFromJson(const base::Json& json);

/// The 32 durations of the `mmt` family, in positions; id v is entry v - 1.
const std::vector<int>& knownDurations();
/// The id (1..32) of the nearest known duration; ties go to the shorter.
std::uint16_t durationId(std::int64_t positions);

/// A sentence for a row that this tokenizer could not have written, "row 17: pitch 200 is outside 1..128". What only
/// the rows before can tell is left to RowReader.
base::Status checkRow(const Row& row, std::size_t index, const TokenizerSettings& settings);

} // namespace continuo::tokens
