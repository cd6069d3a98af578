#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

namespace continuo::score {

/// By semitones, twelve to the octave; stops where the first note of the group reaches key 0 or 127.
OperationResult transpose(const Score& score, NoteIds ids, int semitones);

/// By steps of `scale`; notes between its steps keep their alteration.
OperationResult transposeInScale(const Score& score, NoteIds ids, const Scale& scale, int steps);

/// To another key: each step of `from` becomes the same step of `to`, whose root is sought at most six semitones away.
/// Scales of different sizes: the melody is moved by the roots, then to the nearest pitches of `to`.
OperationResult rescale(const Score& score, NoteIds ids, const Scale& from, const Scale& to);

enum class PitchSnap { Nearest, Up, Down };

/// Onto the pitches of a scale, or of a chord given as pitch classes (0..11; empty: nothing happens). Pitches of it
/// stay; of two equally near the lower is taken.
OperationResult snapToScale(const Score& score, NoteIds ids, const Scale& scale, PitchSnap snap = PitchSnap::Nearest);
OperationResult snapToChord(const Score& score, NoteIds ids, std::vector<int> pitchClasses,
                            PitchSnap snap = PitchSnap::Nearest);

} // namespace continuo::score
