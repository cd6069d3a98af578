#pragma once

#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/operation.h"

namespace continuo::score {

/// How the tones of a chord are laid out over the octaves.
enum class Voicing {
    Close, // within one octave, in the order of its tones
    Drop2, // the second voice from the top an octave lower
    Drop3, // the third
    Drop2And4,
    Spread, // every second voice from the bottom an octave higher
};

/// Keys of a chord whose root lies at or above `lowest`; a bass of its own comes below it. Keys off the keyboard are
/// left out.
std::vector<int> chordKeys(const Chord& chord, int lowest, int inversion = 0, Voicing voicing = Voicing::Close);

struct StampSettings {
    Chord chord;
    int lowest = 60;
    int inversion = 0; // how often the lowest key goes up an octave
    Voicing voicing = Voicing::Close;
    Ticks length{480};
    int velocity = 80;
};

/// Writes a chord into a track.
OperationResult stampChord(const Score& score, TrackId track, Tick at, const StampSettings& settings, IdMint& mint);
/// Makes each selected note the lowest of such a chord: the root moves to the note, the rest is added above it with the
/// note's length and velocity.
OperationResult harmonize(const Score& score, NoteIds ids, const Chord& kind, IdMint& mint);

/// The following work on the chords of a selection: notes of a track that begin together. Where a key would leave the
/// keyboard, the chord stays as it is.

/// `steps` > 0: so many times the lowest key goes above the highest; < 0: the highest below the lowest.
OperationResult invertChords(const Score& score, NoteIds ids, int steps);
OperationResult voiceChords(const Score& score, NoteIds ids, Voicing voicing);
/// Each chord after the first takes the inversion and octave, in close position, whose voices move least from the chord
/// before it.
OperationResult leadVoices(const Score& score, NoteIds ids);

} // namespace continuo::score
