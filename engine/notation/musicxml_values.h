#pragma once

#include "engine/notation/fraction.h"
#include "engine/notation/xml_element.h"

#include <optional>

/// What single elements of MusicXML 4.0 (W3C Music Notation Community Group, 2021) say, as numbers.
namespace continuo::notation {

/// The written key of a <pitch>, C4 = 60; `microtone` is set where it lies between two keys (the nearer is taken).
/// Nothing where step or octave are missing or senseless.
std::optional<int> keyOfPitch(const XmlElement& pitch, bool& microtone);

/// Quarter notes of a <note> by its <type> and dots, where it has no duration.
std::optional<Fraction> lengthOfType(const XmlElement& note);

struct MeterSign {
    int numerator = 0;
    int denominator = 4; // a power of two, 1..128
};
/// Of a <time>: sums as 3+2 and several fractions are added up. Nothing for senza misura and what no meter event can
/// say.
std::optional<MeterSign> meterOf(const XmlElement& time);

struct KeySign {
    int sharps = 0; // -7..7
    bool minor = false;
};
/// Of a <key>, moved by the semitones of a transposing instrument to what sounds. Nothing for keys that are no circle
/// of fifths.
std::optional<KeySign> keyOf(const XmlElement& key, int semitones);

/// Semitones from written to sounding of a <transpose>.
int semitonesOf(const XmlElement& transpose);

/// Quarter notes a minute of a <metronome>; nothing where it relates two note values or names no number.
std::optional<double> tempoOf(const XmlElement& metronome);

/// The velocity of a percentage of forte, which is 90 (the <sound> and <note> attribute `dynamics`).
std::optional<int> velocityOfPercent(std::string_view percent);

/// A whole number within bounds, or `otherwise`.
int numberOf(std::string_view text, int least, int most, int otherwise);

/// The passes of an <ending number="1, 2">, as bits.
std::uint32_t endingBits(std::string_view numbers);

} // namespace continuo::notation
