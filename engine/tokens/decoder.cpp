#include "engine/tokens/decoder.h"

#include "engine/tokens/instrument_table.h"
#include "engine/tokens/row_reader.h"

#include <algorithm>
#include <map>

namespace continuo::tokens {
namespace {

constexpr int kDrumChannel = 9;
constexpr std::uint8_t kDefaultVelocity = 64;
constexpr std::uint16_t kNoInstrument = 0;       // of tokenizers that do not say any
constexpr std::uint32_t kDefaultTempo = 600'000; // 100 quarters a minute

/// Builds the tracks of the score, ids in the order of making.
class ScoreBuilder {
public:
    explicit ScoreBuilder(const TokenizerSettings& settings) {
        score_.division.ticksPerQuarter = settings.isCorrected() ? kDecodedDivision : kPositions;
        score_.tempos.push_back({.id = mint_.event(), .at = score::Tick{0}, .microsecondsPerQuarter = kDefaultTempo});
    }

    bool hasTrack(std::uint16_t instrument) const { return tracks_.contains(instrument); }

    /// A repeated declaration replaces the track before, as midi-lm does; the corrected reader never asks for one.
    void addTrack(std::uint16_t instrument) {
        const auto index = tracks_.contains(instrument) ? tracks_[instrument] : score_.tracks.size();
        if (index == score_.tracks.size()) score_.tracks.emplace_back();
        score_.tracks[index] = header(instrument, index);
        tracks_[instrument] = index;
    }

    void addNote(const RowNote& said) {
        const score::Ticks position{score_.division.ticksPerQuarter / kPositions};
        auto& track = score_.tracks[tracks_[said.instrument]];
        track.notes.push_back({.id = mint_.note(),
                               .onset = score::Tick{0} + position * said.onset,
                               .length = position * said.length,
                               .pitch = said.pitch,
                               .velocity = said.velocity == 0 ? kDefaultVelocity : said.velocity});
        score_.end = std::max(score_.end, track.notes.back().end());
    }

    score::Score finish() {
        for (auto& track : score_.tracks) std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
        return std::move(score_);
    }

private:
    /// Melodic tracks take channels 0..8, 10..15 in turn; the first chunk is left to tempo and metre.
    score::Track header(std::uint16_t instrument, std::size_t index) {
        const auto turn = static_cast<int>(index % 15);
        score::Track track;
        track.id = mint_.track();
        if (instrument != kNoInstrument) track.name = InstrumentTable::standard().nameOf(instrument);
        track.chunk = static_cast<int>(index) + 1;
        track.drums = instrument == kDrumInstrument;
        track.channel = static_cast<std::uint8_t>(track.drums ? kDrumChannel : turn < kDrumChannel ? turn : turn + 1);
        const bool isPiano = track.drums || instrument == kNoInstrument;
        const int program = isPiano ? 0 : InstrumentTable::standard().instrument(instrument).decodeProgram;
        track.events.push_back({.id = mint_.event(),
                                .at = score::Tick{0},
                                .kind = score::ChannelEventKind::Program,
                                .first = static_cast<std::uint8_t>(program)});
        return track;
    }

    score::Score score_;
    score::IdMint mint_;
    std::map<std::uint16_t, std::size_t> tracks_;
};

/// Tracks of the official decoder: the instruments that have notes, ascending.
void addTracksOfNotes(const Rows& rows, ScoreBuilder& builder) {
    std::map<std::uint16_t, bool> present;
    for (const auto& row : rows) {
        if (row[kType] == kEndOfSong) break;
        if (row[kType] == kNote) present[row[kInstrument]] = true;
    }
    for (const auto& [instrument, unused] : present) builder.addTrack(instrument);
}

/// midi-lm reads `structured` from behind the first begin.
std::span<const Row> rowsToRead(const Rows& rows, const TokenizerSettings& settings) {
    const std::span all(rows);
    if (settings.family() != Family::Structured || settings.isCorrected()) return all;
    const auto begin = std::ranges::find(rows, Row{kBegin});
    return begin == rows.end() ? all : all.subspan(static_cast<std::size_t>(begin - rows.begin()));
}

/// The tracks of the `mmt` family that a row asks for before its note is read.
base::Status prepareTrack(const Row& row, std::size_t index, const TokenizerSettings& settings, ScoreBuilder& builder) {
    const bool official = settings.name == "mmt-official";
    const bool isKnown = builder.hasTrack(row[kInstrument]);
    if (row[kType] == kInstrumentRow && !official && !(settings.isCorrected() && isKnown))
        builder.addTrack(row[kInstrument]);
    if (row[kType] != kNote || isKnown) return {};
    if (!settings.isCorrected())
        return base::failure(base::ErrorCode::FileMalformed, "row " + std::to_string(index) + ": instrument " +
                                                                 std::to_string(row[kInstrument]) +
                                                                 " was not declared before");
    builder.addTrack(row[kInstrument]);
    return {};
}

} // namespace

base::Result<score::Score> decode(const Rows& rows, const TokenizerSettings& settings) {
    const bool isMmt = settings.family() == Family::Mmt;
    const auto read = rowsToRead(rows, settings);
    ScoreBuilder builder(settings);
    if (!isMmt) builder.addTrack(kNoInstrument);
    if (settings.name == "mmt-official") {
        for (std::size_t i = 0; i < rows.size() && (i == 0 || rows[i - 1][kType] != kEndOfSong); ++i)
            if (const auto sound = checkRow(rows[i], i, settings); !sound) return base::failure(sound.error());
        addTracksOfNotes(rows, builder);
    }
    RowReader reader(settings, rows.size() - read.size());
    for (const auto& row : read) {
        const auto index = reader.count();
        const auto note = reader.read(row);
        if (!note) return base::failure(note.error());
        if (reader.hasEnded()) break;
        if (isMmt)
            if (const auto ready = prepareTrack(row, index, settings, builder); !ready)
                return base::failure(ready.error());
        if (*note) builder.addNote(**note);
    }
    return builder.finish();
}

} // namespace continuo::tokens
