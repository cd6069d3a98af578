#include "engine/tokens/reference_encoders.h"

#include "engine/tokens/instrument_table.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

namespace continuo::tokens {
namespace {

/// A note as muspy holds it after import, in ticks of the file.
struct ImportedNote {
    std::int64_t onset = 0;
    std::int64_t end = 0;
    int pitch = 0;
    int velocity = 0;
    SourceNote source;

    auto key() const { return std::tuple(onset, pitch, end - onset, velocity); }
};

/// One (program, channel) of a chunk.
struct ImportedTrack {
    int program = 0;
    bool drums = false;
    std::vector<ImportedNote> notes;
};

/// What makes muspy open a track: a note that closes, or a controller, under the program then in force.
struct Opening {
    std::int64_t at = 0;
    int order = 0; // controllers and notes of one tick: as the score lists them
    std::uint32_t track = 0;
    int program = 0;
    const score::Note* note = nullptr; // null: a controller
};

void collectOpenings(const score::Score& score, std::uint32_t index, std::vector<Opening>& openings) {
    const auto& track = score.tracks[index];
    for (const auto& event : track.events)
        if (event.kind == score::ChannelEventKind::Controller)
            openings.push_back({event.at.fromStart, 0, index, score::programAt(track, event.at), nullptr});
    for (const auto& note : track.notes)
        openings.push_back({note.end().fromStart, 1, index, score::programAt(track, note.end()), &note});
}

/// Score tracks as muspy 0.5.0 splits and orders them: by (program, channel) in each chunk, in order of their first
/// closed note or controller; notes by (time, pitch, duration, velocity).
std::vector<ImportedTrack> importedTracks(const score::Score& score) {
    std::map<int, std::vector<std::uint32_t>> chunks;
    for (std::uint32_t index = 0; index < score.tracks.size(); ++index)
        chunks[score.tracks[index].chunk].push_back(index);
    std::vector<ImportedTrack> imported;
    for (const auto& [chunk, indices] : chunks) {
        std::vector<Opening> openings;
        for (const auto index : indices) collectOpenings(score, index, openings);
        std::stable_sort(openings.begin(), openings.end(), [](const auto& a, const auto& b) {
            return std::tuple(a.at, a.order) < std::tuple(b.at, b.order);
        });
        std::map<std::pair<int, int>, std::size_t> places;
        for (const auto& opening : openings) {
            const auto& track = score.tracks[opening.track];
            const auto [place, isNew] = places.try_emplace({opening.program, track.channel}, imported.size());
            if (isNew) imported.push_back({opening.program, track.drums, {}});
            if (!opening.note) continue;
            const auto& note = *opening.note;
            imported[place->second].notes.push_back(
                {note.onset.fromStart, note.end().fromStart, note.pitch, note.velocity, {opening.track, note.id}});
        }
    }
    for (auto& track : imported)
        std::stable_sort(track.notes.begin(), track.notes.end(),
                         [](const auto& a, const auto& b) { return a.key() < b.key(); });
    return imported;
}

/// muspy multiplies by a floating factor and rounds half to even; its rounding errors are part of the reference.
struct Resampler {
    double factor;
    std::int64_t operator()(std::int64_t tick) const {
        return static_cast<std::int64_t>(std::nearbyint(static_cast<double>(tick) * factor));
    }
};

Resampler resampler(const score::Score& score) {
    return {static_cast<double>(kPositions) / static_cast<double>(score.division.quarter())};
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

} // namespace

Encoded encodeLikeMidiLm(const score::Score& score, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    const auto resample = resampler(score);
    const auto tracks = importedTracks(score);
    std::set<int> programs;
    for (const auto& track : tracks)
        if (table.idOf(track.program) != 0) programs.insert(track.program);

    std::vector<SourcedRow> rows{{Row{kStartOfSong}, {}}};
    for (const int program : programs) rows.push_back({instrumentRow(table.idOf(program)), {}});
    rows.push_back({Row{kStartOfNotes}, {}});
    for (const auto& track : tracks) {
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

Encoded encodeLikeMmt(const score::Score& score, const TokenizerSettings& settings) {
    const auto& table = InstrumentTable::standard();
    const auto resample = resampler(score);
    using Key =
        std::tuple<std::int64_t, std::int64_t, int, std::int64_t, int>; // beat, position, pitch, duration, program
    std::map<Key, SourceNote> notes;
    for (const auto& track : importedTracks(score)) {
        if (track.drums) continue;
        for (const auto& note : track.notes) {
            const auto at = resample(note.onset);
            notes.try_emplace({at / kPositions, at % kPositions, note.pitch, resample(note.end) - at, track.program},
                              note.source);
        }
    }
    const auto firstBeat = notes.empty() ? 0 : std::get<0>(notes.begin()->first);
    std::set<std::uint16_t> instruments;
    std::map<Row, SourceNote> noteRows;
    for (const auto& [key, source] : notes) {
        const auto& [beat, position, pitch, length, program] = key;
        const auto instrument = table.idOf(program);
        if (instrument == 0 || beat - firstBeat >= settings.maxBeats) continue;
        instruments.insert(instrument);
        noteRows.try_emplace(noteRow((beat - firstBeat) * kPositions + position, pitch, length, instrument), source);
    }
    std::vector<SourcedRow> rows{{Row{kStartOfSong}, {}}};
    for (const auto instrument : instruments) rows.push_back({instrumentRow(instrument), {}});
    rows.push_back({Row{kStartOfNotes}, {}});
    for (const auto& [row, source] : noteRows) rows.push_back({row, source});
    rows.push_back({Row{kEndOfSong}, {}});
    return truncated(rows, settings);
}

} // namespace continuo::tokens
