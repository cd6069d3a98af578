#pragma once

#include "engine/notation/abc_fields.h"
#include "engine/notation/notated_piece.h"

#include <cstdlib>
#include <map>
#include <optional>
#include <span>

namespace continuo::notation {

/// A pitch as it is written: letter C..B as 0..6, octave 0 for C..B in capitals.
struct AbcPitch {
    int letter = 0;
    int octave = 0;
    std::optional<int> accidental; // semitones, where one is written
    bool tied = false;             // a tie follows it inside a chord
    Fraction length = 1;           // inside a chord, in units

    int step() const { return octave * 7 + letter; }
};

/// A measure of one voice, in absolute time.
struct AbcMeasure {
    Fraction start, length;
    AbcMeter meter;
    MeasureMarks marks;
};

/// A note of a voice at an absolute time.
struct AbcNote {
    Fraction at;
    NotatedNote note; // its place is unset
};

/// How far an accidental reaches until the next bar line (%%propagate-accidentals).
enum class AbcReach { Note, Octave, Letter };

/// One voice of a tune while it is read: where it is, what key, accidentals, tuplets and ties hold.
class AbcVoice {
public:
    explicit AbcVoice(std::string voiceId) : id(std::move(voiceId)) {}

    std::string id, name;
    Fraction unit{1, 2};
    AbcMeter meter;
    AbcKey key;
    int transposition = 0;
    int program = 0;
    bool drums = false;
    std::uint8_t velocity = 0; // 0: the usual one
    AbcReach reach = AbcReach::Letter;

    Fraction position() const { return position_; }
    const std::vector<AbcNote>& notes() const { return notes_; }
    const std::vector<AbcMeasure>& measures() const { return measures_; }

    /// Notes that sound together, `length` units each (times their own inside a chord). Those outside the keys of MIDI
    /// are dropped; returns how many were.
    std::size_t addNotes(std::span<const AbcPitch> pitches, Fraction length);
    void addRest(Fraction length);
    void addBarsOfRest(int bars);
    /// The last notes go on in the next of their pitch.
    void tie();
    /// a>b for +1, a>>b for +2, a<b for -1: the last notes are lengthened, the next shortened; or the other way round.
    void breakRhythm(int count);
    /// The next `count` notes or rests take `inTimeOf` / `notes` of their length; 0 stands for the usual value.
    void startTuplet(int notes, int inTimeOf, int count);

    /// A bar line; `repeats` is how often the section before it is played in all (0: no sign).
    void barLine(int repeats, bool startsRepeat, bool endsEnding);
    void startEnding(std::uint32_t endings);
    /// Signs at the start of the measure to come or at hand, and at its end.
    MeasureMarks& marksHere() { return open_.marks; }
    /// What follows sounds together with the measure so far.
    void overlay();
    void close();

private:
    int soundingKey(const AbcPitch& pitch);
    int placeOf(const AbcPitch& pitch) const { return reach == AbcReach::Letter ? pitch.letter : pitch.step(); }
    void advance(Fraction length);
    Fraction scaled(Fraction length);
    void endMeasure();

    std::vector<AbcNote> notes_;
    std::vector<AbcMeasure> measures_;
    AbcMeasure open_; // the measure at hand
    Fraction position_, furthest_;
    std::map<int, int> accidentals_;          // of this measure: by letter, or by written step
    std::map<int, int> pendingTies_;          // sounding key by written step
    std::size_t lastFirst_ = 0, lastEnd_ = 0; // the notes that sounded last
    std::vector<int> lastSteps_;              // and how they are written
    std::optional<Fraction> lastStart_;       // of the last notes or rest
    Fraction lastLength_, nextFactor_ = 1, tupletFactor_ = 1;
    int tupletLeft_ = 0;
    std::uint32_t ending_ = 0;
};

} // namespace continuo::notation
