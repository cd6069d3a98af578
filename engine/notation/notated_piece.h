#pragma once

#include "engine/notation/fraction.h"
#include "engine/score/channel_event.h"

#include <cstdint>
#include <string>
#include <vector>

/// Music as it is written, before it is played: times are exact, repeats are signs. Both readers make one of these.
namespace continuo::notation {

/// A moment: a measure by its index, and quarter notes from its start.
struct Place {
    std::uint32_t measure = 0;
    Fraction at;
    friend auto operator<=>(const Place&, const Place&) = default;
};

struct NotatedNote {
    Place place;
    Fraction length;
    std::uint8_t pitch = 60;
    std::uint8_t velocity = 0;    // 0: what the dynamics say
    std::uint16_t instrument = 0; // of the part
    std::uint16_t voice = 0;
    bool unpitched = false; // a drum
    bool tieStarts = false; // goes on in the next note of its pitch
    bool tieStops = false;
};

/// From here on notes of the part have this velocity.
struct DynamicMark {
    Place place;
    std::uint8_t velocity = 80;
};

struct ControlMark {
    Place place;
    score::ChannelEventKind kind = score::ChannelEventKind::Controller;
    std::uint8_t first = 0;
    std::uint8_t second = 0;
};

struct Instrument {
    std::string name;
    int program = 0; // from 0
    bool drums = false;
};

struct NotatedPart {
    std::string name;
    std::vector<Instrument> instruments; // at least one
    std::vector<NotatedNote> notes;
    std::vector<DynamicMark> dynamics;
    std::vector<ControlMark> controls;
};

/// What stands at the lines around a measure and says in which order measures are played.
struct MeasureMarks {
    bool repeatStarts = false;
    int repeatEnds = 0;        // how often the part up to here is played in all; 0: no repeat
    std::uint32_t endings = 0; // bit n: played the n-th time only; 0: always
    bool endingStarts = false;
    bool segno = false, coda = false;                                    // at the start
    bool toCoda = false, fine = false, daCapo = false, dalSegno = false; // at the end
};

struct Measure {
    Fraction length;     // of what is in it
    int numerator = 0;   // the meter in force; 0: none was said
    int denominator = 4; // a power of two, 1..128
    MeasureMarks marks;

    Fraction nominal() const { return {4 * numerator, denominator}; }
};

struct TempoMark {
    Place place;
    double quartersAMinute = 120;
};

struct KeyMark {
    Place place;
    int sharps = 0; // -7..7, as it sounds
    bool minor = false;
};

struct NotatedPiece {
    std::string title;
    std::vector<NotatedPart> parts;
    std::vector<Measure> measures;
    std::vector<TempoMark> tempos;
    std::vector<KeyMark> keys;
};

} // namespace continuo::notation
