#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <span>
#include <string>

/// What stands in the rows over the roll: sections, chord symbols, keys and scales, meters. The spans that they make of
/// a piece, and the edits that hands make of them. (Tempo: tempo_curve.h.)
namespace continuo::score {

/// A stretch of time with a name, from one event to the next.
struct NamedSpan {
    EventId id{};
    TickRange range;
    std::string name;
    friend bool operator==(const NamedSpan&, const NamedSpan&) = default;
};

/// The last goes on to the end of the piece, and for a bar at least. Stretches without a name are left out.
std::vector<NamedSpan> sectionsOf(const Score& score);
std::vector<NamedSpan> chordSymbolsOf(const Score& score);
/// Null where there is none.
const NamedSpan* spanAt(std::span<const NamedSpan> spans, Tick at);

/// A key, a scale, or both at one tick, as one flag.
struct KeyFlag {
    Tick at;
    std::vector<EventId> ids;
    std::string name; // "E♭ major", "D Dorian"
    Scale scale;
};
std::vector<KeyFlag> keyFlagsOf(const Score& score);

/// A section (with an empty name: the end of one) or a cue that begins at `at`.
ScoreEdit setMarker(const Score& score, Tick at, MarkerEvent::Kind kind, const std::string& name, IdMint& mint);
/// A chord symbol from `at` on; signs become ASCII. An empty name: none.
ScoreEdit setChord(const Score& score, Tick at, const std::string& name, IdMint& mint);
/// Writes many at once, as one edit: those that begin in one of the ranges leave, and what held behind the last goes
/// on.
ScoreEdit setChords(const Score& score, std::span<const NamedSpan> chords, IdMint& mint);

/// Each note to the nearest pitch of the chord symbol that holds where it begins; notes where none holds, or one that
/// is no known chord, and those of drum tracks stay.
OperationResult snapToChordSymbols(const Score& score, NoteIds ids);

/// A tonic and a kind of scale, as somebody writes them: "Eb", "D♯ Dorian", "F# minor", "Am".
struct NamedScale {
    std::string tonic; // "Eb", in ASCII
    ScaleKind kind;
    Scale scale() const;
    /// "E♭ Dorian"
    std::string name() const;
};
base::Result<NamedScale> readScaleName(std::string_view text, const ScaleTable& table = ScaleTable::standard());

/// From `at` on. Major and natural minor are a key signature; other scales are a scale beside the key of the same tonic
/// with the nearer third.
ScoreEdit setScale(const Score& score, Tick at, const NamedScale& scale, IdMint& mint);
/// The same, and moves the notes that begin from `at` up to the next flag from the scale they were in to this one. Drum
/// tracks stay.
OperationResult rescaleFrom(const Score& score, Tick at, const NamedScale& scale, IdMint& mint);

enum class Rebar {
    KeepTime,      // everything stays where it is; a bar may be cut short by a later meter
    MoveFollowing, // what follows from the next meter on moves later, to a bar line of the new one
};
ScoreEdit setMeter(const Score& score, Tick at, int numerator, int denominatorPower, Rebar rebar, IdMint& mint);

/// Events of any of these lists and meters, tempos and keys, by id. A moved one takes the place of its like at its new
/// tick; of several, all move by the same amount and none before tick 0.
ScoreEdit removeEvents(const Score& score, std::span<const EventId> ids);
ScoreEdit moveEvents(const Score& score, std::span<const EventId> ids, Ticks by);

/// "Bb" for "B♭", "F#" for "F♯".
std::string asciiSigns(std::string_view text);
/// "B♭m7♭5/F" for "Bbm7b5/F": the flats and sharps of a chord symbol or of a tonic.
std::string musicalSigns(std::string_view text);

} // namespace continuo::score
