#include "engine/tokens/decoder.h"

#include "engine/tokens/instrument_table.h"

#include <algorithm>
#include <map>

namespace continuo::tokens {
namespace {

constexpr int kDrumChannel = 9;
constexpr std::uint8_t kDefaultVelocity = 64;
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

    void addNote(const Row& row) {
        const score::Ticks position{score_.division.ticksPerQuarter / kPositions};
        const auto at = position * ((row[kBeat] - 1) * kPositions + row[kPosition] - 1);
        auto& track = score_.tracks[tracks_[row[kInstrument]]];
        track.notes.push_back({.id = mint_.note(),
                               .onset = score::Tick{0} + at,
                               .length = position * knownDurations()[row[kDuration] - 1u],
                               .pitch = static_cast<std::uint8_t>(row[kPitch] - 1),
                               .velocity = kDefaultVelocity});
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
        track.name = InstrumentTable::standard().nameOf(instrument);
        track.chunk = static_cast<int>(index) + 1;
        track.drums = instrument == kDrumInstrument;
        track.channel = static_cast<std::uint8_t>(track.drums ? kDrumChannel : turn < kDrumChannel ? turn : turn + 1);
        const int program = track.drums ? 0 : InstrumentTable::standard().instrument(instrument).decodeProgram;
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

base::Status refuseUndeclared(const Row& row, std::size_t index) {
    return base::failure(base::ErrorCode::FileMalformed, "row " + std::to_string(index) + ": instrument " +
                                                             std::to_string(row[kInstrument]) +
                                                             " was not declared before");
}

/// Tracks of the official decoder: the instruments that have notes, ascending.
void addTracksOfNotes(const Rows& rows, ScoreBuilder& builder) {
    std::map<std::uint16_t, bool> present;
    for (const auto& row : rows) {
        if (row[kType] == kEndOfSong) break;
        if (row[kType] == kNote) present[row[kInstrument]] = true;
    }
    for (const auto& [instrument, unused] : present) builder.addTrack(instrument);
}

} // namespace

base::Result<score::Score> decode(const Rows& rows, const TokenizerSettings& settings) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (const auto sound = checkRow(rows[i], i, settings); !sound) return base::failure(sound.error());
        if (rows[i][kType] == kEndOfSong) break;
    }
    const bool official = settings.name == "mmt-official";
    ScoreBuilder builder(settings);
    if (official) addTracksOfNotes(rows, builder);
    for (std::size_t i = 0; i < rows.size() && rows[i][kType] != kEndOfSong; ++i) {
        const auto& row = rows[i];
        const auto instrument = row[kInstrument];
        if (row[kType] == kInstrumentRow && !official && (!settings.isCorrected() || !builder.hasTrack(instrument)))
            builder.addTrack(instrument);
        if (row[kType] != kNote) continue;
        if (!builder.hasTrack(instrument)) {
            if (!settings.isCorrected()) return base::failure(refuseUndeclared(row, i).error());
            builder.addTrack(instrument);
        }
        builder.addNote(row);
    }
    return builder.finish();
}

} // namespace continuo::tokens
