#pragma once

#include "engine/corpus/harmony.h"

#include <functional>
#include <optional>
#include <span>

/// Four voices over a plan of chords, by search under the rules of strict part writing.
namespace continuo::corpus {

inline constexpr std::size_t kVoices = 4;
/// Soprano, alto, tenor, bass; -1 nowhere.
using Voicing = std::array<int, kVoices>;

struct VoiceRange {
    int lowest;
    int highest;
};
inline constexpr std::array<VoiceRange, kVoices> kVoiceRanges{{{60, 79}, {58, 74}, {50, 67}, {40, 58}}};

/// Whether no two voices go from one perfect fifth, octave or unison into another while both move.
bool isFreeOfParallels(const Voicing& from, const Voicing& to);
/// Soprano above alto above tenor above bass, no two on one pitch.
bool isOrdered(const Voicing& voicing);

/// A phrase to be written: what each chord is and the line that the soprano leans to.
struct PhrasePlan {
    std::vector<Chord> chords;
    std::vector<double> contour; // a MIDI pitch for each chord
};

/// Voices for every chord: ranges, spacing and order kept, chords complete, no parallels, no overlap, leading tones up
/// and sevenths down by step, no awkward leaps. Of the found ends the best that `accepts` takes; nothing where there is
/// none. `before` is the last chord of the phrase before, which the first must follow without parallels.
std::optional<std::vector<Voicing>> writeParts(const PhrasePlan& plan, const std::optional<Voicing>& before,
                                               const std::function<bool(std::span<const Voicing>)>& accepts,
                                               base::Random& random);

} // namespace continuo::corpus
