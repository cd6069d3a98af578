#pragma once

#include "engine/notation/fraction.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The information fields of ABC 2.1 that say how music sounds. Texts are what stands behind the colon.
namespace continuo::notation {

struct AbcMeter {
    int numerator = 0; // 0: free
    int denominator = 4;
    /// The note length where no L: is given: a sixteenth below 3/4, else an eighth.
    Fraction usualLength() const;
};
/// "4/4", "C", "C|", "(2+3)/8", "none"; nothing for other texts.
std::optional<AbcMeter> parseAbcMeter(std::string_view text);

/// "1/8" in quarter notes.
std::optional<Fraction> parseAbcLength(std::string_view text);

/// Quarter notes a minute of "1/4=120", "3/8=50", "C3=40", "120" (the last two count `unit`); nothing for words.
std::optional<double> parseAbcTempo(std::string_view text, Fraction unit);

/// `name=value` words of K: and V:, quotes taken off; a word without `=` has an empty name.
struct AbcWord {
    std::string name, value;
};
std::vector<AbcWord> abcWords(std::string_view text);

struct AbcKey {
    std::array<int, 7> alter{}; // semitones of C D E F G A B
    int sharps = 0;             // round the circle of fifths
    bool minor = false;
};
/// The key of a K: field, modes and explicit accidentals included; nothing where it names no key (only a clef, say).
std::optional<AbcKey> parseAbcKey(std::string_view text);

/// Semitones that clef, octave= and transpose= of K: or V: move the sound.
std::optional<int> abcTransposition(const std::vector<AbcWord>& words);

} // namespace continuo::notation
