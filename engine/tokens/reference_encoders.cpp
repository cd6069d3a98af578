#include "engine/tokens/encoder.h"
#include "engine/tokens/instrument_table.h"
#include "engine/tokens/row_writer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <tuple>

namespace continuo::tokens {
namespace {

/// muspy multiplies by a floating factor and rounds half to even; its rounding errors are part of the reference.
struct Resampler {
    double factor;
    std::int64_t operator()(std::int64_t tick) const {
        return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(tick) * factor));
    }
};

Resampler resampler(const score::MuspyScore& score) {
    return {static_cast<double>(kPositions) / static_cast<double>(score.resolution)};
}

Row instrumentRow(std::uint16_t instrument) { return {kInstrumentRow, 0, 0, 0, 0, instrument}; }

Row noteRow(std::int64_t at, int pitch, std::int64_t length, std::uint16_t instrument) {
    const auto id = [](std::int64_t value) { return static_cast<std::uint16_t>(value + 1); };
    return {kNote, id(at / kPositions), id(at % kPositions), id(pitch), durationId(length), instrument};
}

struct SourcedRow {
    Row row{};
    SourceNote source;
};

/// Keeps maxRows - 1 rows and glues the end row on (both references do).
Encoded truncated(const std::vector<SourcedRow>& rows, const TokenizerSettings& settings) {
    Encoded encoded;
    const auto limit = static_cast<std::size_t>(settings.maxRows);
    encoded.truncated = rows.size() > limit;
    const auto kept = encoded.truncated ? limit - 1 : rows.size();
    for (std::size_t i = 0; i < kept; ++i) {
        encoded.rows.push_back(rows[i].row);
        if (rows[i].row[kType] == kNote) encoded.source.push_back(rows[i].source);
    }
    if (encoded.truncated) encoded.rows.push_back(rows.back().row);
    return encoded;
}

/// jeremyjordan/midi-lm: raw programs of all tracks, drums as their program, no duplicates removed, end-of-song glued
/// on after truncation.
Encoded encodeMmt(const score::MuspyScore& score, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    const auto resample = resampler(score);
    std::set<int> programs;
    for (const auto& track : score.tracks)
        if (table.idOf(track.program) != 0) programs.insert(track.program);

    std::vector<SourcedRow> rows{{Row{kStartOfSong}, {}}};
    for (const int program : programs) rows.push_back({instrumentRow(table.idOf(program)), {}});
    rows.push_back({Row{kStartOfNotes}, {}});
    for (const auto& track : score.tracks) {
        if (!programs.contains(track.program)) continue;
        for (const auto& note : track.notes) {
            const auto at = resample(note.onset);
            if (at / kPositions >= settings.maxBeats) break;
            rows.push_back({noteRow(at, note.pitch, resample(note.end) - at, table.idOf(track.program)), note.source});
        }
    }
    rows.push_back({Row{kEndOfSong}, {}});
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        const auto key = [](const Row& row) {
            return std::tuple(row[kType], row[kBeat], row[kPosition], row[kInstrument]);
        };
        return key(a.row) < key(b.row);
    });
    return truncated(rows, settings);
}

/// Dong et al.: no drums, a set of notes ordered by (beat, position, pitch, duration, program), first beat 0. Notes
/// that only durations of one id or programs of one instrument tell apart give equal rows.
Encoded encodeOfficial(const score::MuspyScore& score, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    const auto resample = resampler(score);
    using Key = std::tuple<std::int64_t, int, std::int64_t, int>; // position from the start, pitch, duration, program
    std::map<Key, SourceNote> notes;
    for (const auto& track : score.tracks) {
        if (track.drums || table.idOf(track.program) == 0) continue;
        for (const auto& note : track.notes) {
            const auto at = resample(note.onset);
            const auto length = std::max<std::int64_t>(1, resample(note.end) - at);
            notes.try_emplace({at, note.pitch, length, track.program}, note.source);
        }
    }
    const auto firstBeat = notes.empty() ? 0 : std::get<0>(notes.begin()->first) / kPositions;
    std::set<std::uint16_t> instruments;
    std::vector<SourcedRow> noteRows;
    for (const auto& [key, source] : notes) {
        const auto& [at, pitch, length, program] = key;
        const auto fromFirst = at - firstBeat * kPositions;
        if (fromFirst >= std::int64_t{settings.maxBeats} * kPositions) break;
        instruments.insert(table.idOf(program));
        noteRows.push_back({noteRow(fromFirst, pitch, length, table.idOf(program)), source});
    }
    std::vector<SourcedRow> rows{{Row{kStartOfSong}, {}}};
    for (const auto instrument : instruments) rows.push_back({instrumentRow(instrument), {}});
    rows.push_back({Row{kStartOfNotes}, {}});
    rows.insert(rows.end(), noteRows.begin(), noteRows.end());
    rows.push_back({Row{kEndOfSong}, {}});
    return truncated(rows, settings);
}

/// The notes of the one track in positions.
std::vector<GridNote> notesOfTheTrack(const score::MuspyScore& score) {
    std::vector<GridNote> notes;
    const auto onTheGrid = score::atResolution(score, kPositions);
    for (const auto& note : onTheGrid.tracks.front().notes)
        notes.push_back({note.onset, note.end - note.onset, 0, note.pitch, note.velocity, note.source});
    return notes;
}

/// Keeps maxRows - 2 notes. Without a note, where midi-lm fails, begin and end.
Encoded encodeTpd(const score::MuspyScore& score, TokenizerSettings settings) {
    auto notes = notesOfTheTrack(score);
    const auto room = static_cast<std::size_t>(settings.maxRows) - 2;
    const bool cut = notes.size() > room;
    if (cut) notes.resize(room);
    TpdWriter writer(settings, /*begins=*/true);
    writer.add(notes);
    auto encoded = writer.finish(/*ends=*/true);
    encoded.truncated = cut;
    return encoded;
}

/// midi-lm keeps a length for `structured` and never looks at it.
Encoded encodeStructured(const score::MuspyScore& score, TokenizerSettings settings) {
    auto notes = notesOfTheTrack(score);
    settings.maxRows = std::numeric_limits<int>::max();
    StructuredWriter writer(settings, /*begins=*/true);
    writer.add(notes);
    return writer.finish(/*ends=*/true);
}

} // namespace

base::Result<Encoded> encodeImported(const score::MuspyScore& score, const TokenizerSettings& settings) {
    if (settings.name == "mmt-official") return encodeOfficial(score, settings);
    if (settings.family() == Family::Mmt) return encodeMmt(score, settings);
    if (score.tracks.size() != 1)
        return base::failure(base::ErrorCode::Unsupported,
                             "the tokenizer " + settings.name +
                                 " of midi-lm takes exactly one track, and this piece has " +
                                 std::to_string(score.tracks.size()) +
                                 " as muspy splits it (by program and channel); without parity=midi-lm they are read "
                                 "as one");
    return settings.family() == Family::Tpd ? encodeTpd(score, settings) : encodeStructured(score, settings);
}

} // namespace continuo::tokens
