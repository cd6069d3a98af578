#pragma once

#include "engine/base/result.h"
#include "engine/notation/left_out.h"
#include "engine/notation/musicxml_part_list.h"
#include "engine/notation/notated_piece.h"
#include "engine/notation/xml_element.h"

#include <map>
#include <optional>

namespace continuo::notation {

/// What all parts of a piece write into, and how much of it there is so far.
struct MusicXmlShared {
    NotatedPiece piece;
    LeftOut left;
    std::size_t notes = 0;
    std::size_t marks = 0;
    bool keysGiven = false; // a part before has key signatures: they count for the piece
};

/// One part of a MusicXML file, fed measure by measure with the children of its <measure> elements.
class MusicXmlPart {
public:
    MusicXmlPart(PartDeclaration declaration, MusicXmlShared& shared);

    void beginMeasure(std::uint32_t index);
    base::Status take(const XmlElement& child);
    base::Status endMeasure();
    /// The part as it was read; nothing may be fed any more.
    NotatedPart finish();

private:
    MeasureMarks& marks() { return shared_.piece.measures[measure_].marks; }
    Place here(Fraction offset = 0) const;
    Fraction lengthOf(const XmlElement& element);
    void advance(Fraction length);
    Fraction filledLength() const;
    base::Status addMark();

    base::Status takeNote(const XmlElement& note);
    base::Status placeNote(const XmlElement& note, Fraction onset, Fraction length);
    std::optional<int> soundingKey(const XmlElement& note, NotatedNote& placed);
    void countNotations(const XmlElement& note);

    base::Status takeAttributes(const XmlElement& attributes);
    void takeTranspose(const XmlElement& transpose);
    base::Status takeKey(const XmlElement& key);
    void takeTime(const XmlElement& time);

    base::Status takeDirection(const XmlElement& direction);
    base::Status takeDirectionType(const XmlElement& sign, Place place, bool hasTempo, bool hasDynamics);
    base::Status takePedal(const XmlElement& pedal, Place place);
    base::Status takeSound(const XmlElement& sound, Place place, bool hasPedal);
    base::Status takeDynamics(const XmlElement& dynamics, Place place);
    base::Status addDynamic(Place place, std::optional<int> velocity);
    base::Status addTempo(Place place, double quartersAMinute);
    base::Status addPedal(Place place, std::uint8_t controller, std::uint8_t value);

    void takeBarline(const XmlElement& barline);
    void takeEnding(const XmlElement& ending);

    PartDeclaration declaration_;
    MusicXmlShared& shared_;
    NotatedPart part_;

    std::uint32_t measure_ = 0;
    Fraction cursor_, furthest_, chordOnset_;
    std::optional<Fraction> divisions_; // of a quarter note
    std::map<int, int> semitones_;      // from written to sounding, by staff; 0: all
    int numerator_ = 0, denominator_ = 4;
    std::optional<std::pair<int, int>> nextMeter_; // said inside a measure: holds from the next
    std::uint32_t ending_ = 0;                     // the ending that is open
    bool endingStarts_ = false, endingEnds_ = false;
    bool sounds_ = false;      // the measure has a note
    bool keysOurs_ = false;    // the key signatures of the piece are of this part
    bool forwardNext_ = false; // a forward repeat at the end of a measure belongs to the next
};

} // namespace continuo::notation
