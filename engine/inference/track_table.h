#pragma once

#include "engine/inference/continuation.h"
#include "engine/inference/velocity_habit.h"
#include "engine/inference/voice_dealer.h"
#include "engine/tokens/encoder.h"

#include <bitset>
#include <map>
#include <optional>

namespace continuo::inference {

/// Which tracks the new notes of each instrument go to, and how loud they are there: those of the prompt, or, where the
/// prompt holds no note, one new track for each instrument that the net brings in.
class TrackTable {
public:
    /// The tracks that hold a note of `prompt` and those invited, without the unwritten, under the program that is in
    /// force at `from`; where rows do not say instruments, all under instrument 0, and none is invited.
    TrackTable(const score::Score& score, score::Tick from, std::span<const tokens::TokenNote> prompt,
               bool saysInstruments = true, const TrackParts& parts = {});

    /// Instruments that notes may have; all of them where tracks are new.
    std::bitset<128> instruments() const;
    bool makesTracks() const { return makesTracks_; }

    /// Notes that start together, of any instruments, in the order of the rows. One of velocity 0 is as loud as its
    /// track has been.
    struct Sounded {
        std::uint16_t instrument = 0;
        score::Note note;
    };
    std::vector<GeneratedNote> deal(std::span<const Sounded> group);

    std::vector<score::Track> takeNewTracks() { return std::move(newTracks_); }

private:
    struct Members {
        std::vector<score::TrackId> ids;
        std::vector<VelocityHabit> habits;
        std::optional<VoiceDealer> dealer;
    };

    Members& membersOf(std::uint16_t instrument);
    score::Track newTrack(std::uint16_t instrument) const;

    const score::Score& score_;
    score::MeterMap meter_;
    bool makesTracks_;
    std::map<std::uint16_t, Members> members_;
    std::vector<score::Track> newTracks_;
};

} // namespace continuo::inference
