#include "engine/inference/track_table.h"

#include "engine/tokens/instrument_table.h"

#include <algorithm>
#include <set>

namespace continuo::inference {
namespace {

constexpr std::uint8_t kDrumChannel = 9;
constexpr std::uint16_t kPiano = 1; // where rows do not say instruments

std::uint16_t instrumentAt(const score::Track& track, score::Tick at) {
    const auto& table = tokens::InstrumentTable::standard();
    return track.drums ? tokens::kDrumInstrument : table.idOf(table.nearestMapped(score::programAt(track, at)));
}

} // namespace

TrackTable::TrackTable(const score::Score& score, score::Tick from, std::span<const tokens::TokenNote> prompt,
                       bool saysInstruments, const TrackParts& parts)
    : score_(score), meter_(score.meterMap()), makesTracks_(prompt.empty()) {
    std::set<std::uint32_t> playing;
    for (const auto& note : prompt) playing.insert(note.track);
    for (std::uint32_t index = 0; saysInstruments && !makesTracks_ && index < score.tracks.size(); ++index)
        if (parts.invited.contains(score.tracks[index].id)) playing.insert(index);
    std::erase_if(playing, [&](std::uint32_t index) { return parts.unwritten.contains(score.tracks[index].id); });
    std::map<std::uint16_t, std::vector<const score::Track*>> tracks;
    for (const auto index : playing) {
        const auto& track = score.tracks[index];
        tracks[saysInstruments ? instrumentAt(track, from) : std::uint16_t{0}].push_back(&track);
    }
    for (const auto& [instrument, sharing] : tracks) {
        auto& members = members_[instrument];
        members.dealer.emplace(sharing, from);
        for (const auto* track : sharing) {
            members.ids.push_back(track->id);
            members.habits.emplace_back(*track, from, meter_);
        }
    }
}

std::bitset<128> TrackTable::instruments() const {
    if (makesTracks_) return ~std::bitset<128>{};
    std::bitset<128> instruments;
    for (const auto& [instrument, members] : members_) instruments.set(instrument);
    return instruments;
}

std::vector<GeneratedNote> TrackTable::deal(std::span<const Sounded> group) {
    std::map<std::uint16_t, std::vector<score::Note>> byInstrument;
    for (const auto& sounded : group) byInstrument[sounded.instrument].push_back(sounded.note);
    std::vector<GeneratedNote> dealt;
    for (const auto& [instrument, notes] : byInstrument) {
        auto& members = membersOf(instrument);
        const auto places = members.dealer->deal(notes);
        for (std::size_t i = 0; i < notes.size(); ++i) {
            auto note = notes[i];
            if (note.velocity == 0) note.velocity = members.habits[places[i]].at(note.onset, meter_);
            dealt.push_back({members.ids[places[i]], note});
        }
    }
    return dealt;
}

/// Brings in a new track with the first note of its instrument.
TrackTable::Members& TrackTable::membersOf(std::uint16_t instrument) {
    auto& members = members_[instrument];
    if (!members.ids.empty()) return members;
    newTracks_.push_back(newTrack(instrument));
    const auto& track = newTracks_.back();
    const score::Track* only = &track;
    members.ids.push_back(track.id);
    members.habits.emplace_back();
    members.dealer.emplace(std::span(&only, 1), score::Tick{0});
    return members;
}

/// Ids count from 1; chunks follow those of the score; melodic tracks take channels 1..9 and 11..16 in turn.
score::Track TrackTable::newTrack(std::uint16_t said) const {
    const auto instrument = std::max(said, kPiano);
    const auto& table = tokens::InstrumentTable::standard();
    const auto index = newTracks_.size();
    const auto turn = static_cast<std::uint8_t>(index % 15);
    int lastChunk = 0;
    for (const auto& track : score_.tracks) lastChunk = std::max(lastChunk, track.chunk);
    score::Track track;
    track.id = score::TrackId{index + 1};
    track.name = table.nameOf(instrument);
    track.chunk = lastChunk + static_cast<int>(index) + 1;
    track.drums = instrument == tokens::kDrumInstrument;
    track.channel = track.drums ? kDrumChannel : turn < kDrumChannel ? turn : static_cast<std::uint8_t>(turn + 1);
    const auto program = track.drums ? 0 : table.instrument(instrument).decodeProgram;
    track.events.push_back({.id = score::EventId{index + 1},
                            .at = score::Tick{0},
                            .kind = score::ChannelEventKind::Program,
                            .first = static_cast<std::uint8_t>(program)});
    return track;
}

} // namespace continuo::inference
