#pragma once

#include "engine/base/random.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

/// Keys, chords and the plan of a phrase, for the composed pieces of the counterpoint set.
namespace continuo::corpus {

struct Key {
    int tonic = 0; // pitch class
    bool minor = false;

    int leadingTone() const { return (tonic + 11) % 12; }
    /// Semitones above the tonic of scale degree 0..6 (natural minor).
    int degree(int number) const;
    /// Sharps (positive) or flats of its signature.
    int sharps() const;
    friend bool operator==(const Key&, const Key&) = default;
};

enum class ChordName : std::uint8_t { I, I6, I64, ii, ii6, iii, IV, IV6, V, V6, V7, vi, vii6 };
inline constexpr int kChordNames = 13;

/// A chord in a key: pitch classes, which of them is in the bass, and what its tones must do.
struct Chord {
    ChordName name = ChordName::I;
    Key key;
    bool majorThird = false; // the Picardy third of a final chord

    std::vector<int> pitchClasses() const; // root, third, fifth, seventh
    int bass() const;
    bool isDominant() const {
        return name == ChordName::V || name == ChordName::V6 || name == ChordName::V7 || name == ChordName::vii6;
    }
    /// The seventh, -1 where there is none.
    int seventh() const { return name == ChordName::V7 ? pitchClasses()[3] : -1; }
    friend bool operator==(const Chord&, const Chord&) = default;
};

enum class Cadence { Authentic, Half, Plagal };

/// `count` chords (at least 4) from the tonic to the cadence; every step is one that tonal harmony makes. `strong` says
/// which of them fall on strong beats: the cadential six-four stands only there.
std::vector<Chord> planPhrase(Key key, Cadence cadence, const std::vector<bool>& strong, base::Random& random);

} // namespace continuo::corpus
