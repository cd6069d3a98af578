#pragma once

#include "engine/score/track.h"

#include <span>
#include <vector>

namespace continuo::inference {

/// Deals notes of one instrument to the tracks that share it, onset by onset: each to the track from whose last notes
/// it is the smallest step and in whose range it lies, without crossing the tracks that start together, and not to one
/// that still sounds. Tracks that have played one note at a time go on doing so while others are free.
class VoiceDealer {
public:
    /// What a track has played before `until` decides its range and whether it plays chords. At least one track.
    VoiceDealer(std::span<const score::Track* const> tracks, score::Tick until);

    /// The index of the track of each note; all start at the same tick, not before those dealt earlier.
    std::vector<std::size_t> deal(std::span<const score::Note> notes);

private:
    struct Voice {
        std::size_t track = 0;
        double center = 60; // mean pitch of what it played lately
        double low = 0;     // its range
        double high = 127;
        bool playsChords = false;
        std::vector<score::Note> sounding = {}; // notes of the last onset, and older ones that ring on
    };

    static Voice listen(const score::Track& track, std::size_t index, score::Tick until);
    double cost(const Voice& voice, const score::Note& note) const;
    void take(Voice& voice, const score::Note& note);

    std::vector<Voice> voices_; // by center, lowest first
};

} // namespace continuo::inference
