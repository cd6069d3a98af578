#pragma once

#include "engine/corpus/part_writing.h"

namespace continuo::corpus {

/// A phrase on a grid of eighth notes: what sounds in each unit, and who strikes.
struct PhraseGrid {
    std::vector<Voicing> sounding;
    std::vector<std::array<bool, kVoices>> struck;
};

/// Chords with their place on the grid.
struct WrittenPhrase {
    std::vector<Chord> chords;
    std::vector<Voicing> voicings;
    std::vector<std::size_t> starts; // units from the start of the phrase, one more entry than chords: its end
};

/// Sets the chords on the grid and enlivens them: passing notes, neighbour notes and suspensions, as often as
/// `activity` (0..1) says, each only where order, parallels, dissonance and the resolution of active tones allow it.
/// The first unit and the last unit of the phrase stay plain.
PhraseGrid ornament(const WrittenPhrase& phrase, double activity, base::Random& random);

} // namespace continuo::corpus
