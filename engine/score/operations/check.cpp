#include "engine/score/operations/check.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/cleanup.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/instrument_ranges.h"

#include <algorithm>
#include <array>
#include <map>

namespace continuo::score {
namespace {

/// Walks one score and writes down what it finds.
class Checker {
public:
    Checker(const Score& score, const CheckSettings& settings)
        : score_(score), settings_(settings), tempos_(score.tempoMap()), meters_(score.meterMap()) {}

    std::vector<Spot> spots() {
        for (const auto& track : score_.tracks) {
            checkKeys(track);
            for (const auto& note : track.notes) checkNote(track, note);
            checkPedal(track);
        }
        checkChannels();
        std::ranges::stable_sort(spots_, {}, &Spot::at);
        return std::move(spots_);
    }

private:
    void add(Spot spot) {
        if (spots_.size() < settings_.most) spots_.push_back(std::move(spot));
    }

    std::string keyName(const Track& track, int key) const {
        const auto& drum = InstrumentRanges::standard().drumName(key);
        return track.drums && !drum.empty() ? drum : pitchName(key);
    }

    void checkKeys(const Track& track) {
        std::array<const Note*, 128> sounding{}; // the note of each key that ends last
        for (const auto& note : track.notes) {
            auto*& last = sounding[note.pitch];
            if (last && last->onset == note.onset)
                add({note.onset, track.id, note.id, Suspicion::Duplicate, SuggestedFix::RemoveDuplicates,
                     keyName(track, note.pitch) + " begins twice here"});
            else if (last && note.onset < last->end())
                add({note.onset, track.id, last->id, Suspicion::Overlap, SuggestedFix::RemoveOverlaps,
                     keyName(track, note.pitch) + " begins again while it still sounds"});
            if (!last || last->end() < note.end()) last = &note;
        }
    }

    void checkNote(const Track& track, const Note& note) {
        const auto spot = [&](Suspicion what, SuggestedFix fix, const std::string& text) {
            add({note.onset, track.id, note.id, what, fix, keyName(track, note.pitch) + text});
        };
        if (note.velocity == 0) spot(Suspicion::NoVelocity, SuggestedFix::GiveVelocity, " has no velocity");
        if (1000 * (tempos_.secondsAt(note.end()) - tempos_.secondsAt(note.onset)) < settings_.tinyMs - 1e-6)
            spot(Suspicion::TinyNote, SuggestedFix::RemoveTinyNotes, " is too short to be heard");
        if (meters_.barLengthAt(note.onset) * settings_.longestBars < note.length)
            spot(Suspicion::EndlessNote, SuggestedFix::CutToBar,
                 " sounds for more than " + std::to_string(settings_.longestBars) + " bars");
        if (track.drums) {
            if (InstrumentRanges::standard().drumName(note.pitch).empty())
                spot(Suspicion::UnnamedDrum, SuggestedFix::None, " is no drum of General MIDI");
            return;
        }
        const auto& range = InstrumentRanges::standard().of(programAt(track, note.onset));
        if (!range.holds(note.pitch))
            spot(Suspicion::OutOfRange, SuggestedFix::MoveIntoRange, " is outside the range of " + range.name);
    }

    void checkPedal(const Track& track) {
        std::optional<Tick> down;
        for (const auto& event : track.events) {
            if (event.kind != ChannelEventKind::Controller || event.first != 64) continue;
            if (event.second < 64)
                down.reset();
            else if (!down)
                down = event.at;
        }
        if (down)
            add({*down, track.id, std::nullopt, Suspicion::HangingPedal, SuggestedFix::LiftPedal,
                 "the pedal goes down here and never up again"});
    }

    /// One channel plays one program at a time: the later track would change the earlier one's sound.
    void checkChannels() {
        std::map<std::pair<int, int>, const Track*> owners;
        for (const auto& track : score_.tracks) {
            if (track.drums || track.notes.empty() || score_.format == 2) continue;
            const auto [owner, isNew] = owners.try_emplace({track.port, track.channel}, &track);
            if (isNew || mainProgram(*owner->second) == mainProgram(track)) continue;
            add({track.notes.front().onset, track.id, std::nullopt, Suspicion::ChannelConflict,
                 SuggestedFix::MoveToFreeChannel,
                 "channel " + std::to_string(track.channel + 1) + " also plays \"" + owner->second->name +
                     "\" with another instrument"});
        }
    }

    const Score& score_;
    const CheckSettings& settings_;
    TempoMap tempos_;
    MeterMap meters_;
    std::vector<Spot> spots_;
};

OperationResult moveToFreeChannel(const Score& score, TrackId id) {
    const auto* track = findTrack(score, id);
    if (!track) return {};
    for (int channel = 0; channel < 16; ++channel) {
        const auto taken = std::ranges::any_of(
            score.tracks, [&](const Track& other) { return other.channel == channel && other.port == track->port; });
        if (channel == 9 || taken) continue;
        auto header = track->header();
        header.channel = static_cast<std::uint8_t>(channel);
        return {setHeader(score, header), 0};
    }
    return {};
}

OperationResult cutToBar(const Score& score, NoteIds ids) {
    const auto meters = score.meterMap();
    return rewriteEach(selectedNotes(score, ids), [&](Note note, const Track&) {
        note.length = meters.barStart(meters.positionAt(note.onset).bar + 1) - note.onset;
        return note;
    });
}

} // namespace

std::vector<Spot> check(const Score& score, const CheckSettings& settings) { return Checker(score, settings).spots(); }

OperationResult fix(const Score& score, const Spot& spot, IdMint& mint) {
    const auto* track = findTrack(score, spot.track);
    if (!track) return {};
    const auto one = spot.note ? std::vector{*spot.note} : std::vector<NoteId>{};
    switch (spot.fix) {
    case SuggestedFix::RemoveOverlaps:
        return removeOverlaps(score, one);
    case SuggestedFix::RemoveDuplicates:
        return removeDuplicates(score, one);
    case SuggestedFix::RemoveTinyNotes:
        return mendTinyNotes(score, one, 1e9);
    case SuggestedFix::CutToBar:
        return cutToBar(score, one);
    case SuggestedFix::GiveVelocity:
        return mendZeroVelocity(score, one);
    case SuggestedFix::LiftPedal:
        return repairPedals(score, allNotes(*track), mint);
    case SuggestedFix::MoveIntoRange:
        return foldIntoRange(score, one);
    case SuggestedFix::MoveToFreeChannel:
        return moveToFreeChannel(score, spot.track);
    case SuggestedFix::None:
        break;
    }
    return {};
}

} // namespace continuo::score
