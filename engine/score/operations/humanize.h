#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

/// How far a player strays, as standard deviations of a normal law that is cut at two and a half of them.
struct HumanizeSettings {
    double timingMs = 8; // in real time, so a slow passage does not fall apart and a fast one does not blur
    double velocity = 6;
    double lengthPart = 0.04; // of each length
    /// How much notes that begin together in a track stray together: 0 each for itself, 1 all alike.
    double chordCorrelation = 0.7;
    /// Notes on the first beat of a bar keep their time.
    bool keepFirstBeat = true;
    std::uint64_t seed = 1;
};

/// What a note strays depends on the seed and its id alone: turning a setting up while listening makes the same playing
/// looser, and a smaller selection plays as it did in the larger.
OperationResult humanize(const Score& score, NoteIds ids, const HumanizeSettings& settings);

} // namespace continuo::score
