#include "engine/notation/musicxml_part.h"

#include "engine/base/text.h"
#include "engine/notation/musicxml_left.h"
#include "engine/notation/musicxml_values.h"
#include "engine/notation/notation_limits.h"

#include <algorithm>
#include <tuple>

namespace continuo::notation {
namespace {

constexpr int kSnareDrum = 38; // General MIDI percussion

base::Status tooMuch(const char* why) { return base::failure(base::ErrorCode::Unsupported, why); }

bool hasTie(const XmlElement& note, std::string_view type) {
    return std::ranges::any_of(
        note.children, [&](const XmlElement& child) { return child.name == "tie" && child.attribute("type") == type; });
}

} // namespace

MusicXmlPart::MusicXmlPart(PartDeclaration declaration, MusicXmlShared& shared)
    : declaration_(std::move(declaration)), shared_(shared) {
    part_.name = declaration_.name;
    part_.instruments = declaration_.instruments;
}

NotatedPart MusicXmlPart::finish() { return std::move(part_); }

Place MusicXmlPart::here(Fraction offset) const { return {measure_, std::max(Fraction(0), cursor_ + offset)}; }

Fraction MusicXmlPart::lengthOf(const XmlElement& element) {
    const auto count = parseDecimal(element.childText("duration"));
    if (!count) return lengthOfType(element).value_or(Fraction(0));
    if (*count < Fraction(0)) {
        shared_.left.repair(element.offset, "durations below zero are taken for zero");
        return 0;
    }
    return *count / divisions_.value_or(Fraction(1));
}

void MusicXmlPart::advance(Fraction length) {
    cursor_ += length;
    furthest_ = std::max(furthest_, cursor_);
}

base::Status MusicXmlPart::addMark() {
    if (++shared_.marks > kLimits.marks)
        return tooMuch("the piece has more than 262,144 tempo, key, dynamic and pedal marks");
    return {};
}

// ---- measures

void MusicXmlPart::beginMeasure(std::uint32_t index) {
    measure_ = index;
    cursor_ = furthest_ = chordOnset_ = 0;
    if (index >= shared_.piece.measures.size()) shared_.piece.measures.resize(index + 1);
    if (nextMeter_) std::tie(numerator_, denominator_) = *nextMeter_;
    nextMeter_.reset();
    if (forwardNext_) marks().repeatStarts = true;
    forwardNext_ = false;
    endingStarts_ = endingEnds_ = sounds_ = false;
}

/// Programs write whole-measure rests of lengths that no measure has: silence fills its meter at most.
Fraction MusicXmlPart::filledLength() const {
    if (sounds_ || numerator_ == 0) return furthest_;
    return std::min(furthest_, Fraction(4 * numerator_, denominator_));
}

base::Status MusicXmlPart::endMeasure() {
    auto& measure = shared_.piece.measures[measure_];
    if (furthest_ > Fraction(static_cast<std::int64_t>(kLimits.quarters))) return tooMuch("a measure has no end");
    if (const auto length = filledLength(); length > Fraction(0)) {
        if (measure.length != Fraction(0) && measure.length != length)
            shared_.left.note(0, "measures are not filled alike in all parts; the longest counts");
        measure.length = std::max(measure.length, length);
    }
    if (measure.numerator == 0) {
        measure.numerator = numerator_;
        measure.denominator = denominator_;
    } else if (numerator_ != 0 && (measure.numerator != numerator_ || measure.denominator != denominator_)) {
        shared_.left.note(0, "measures have another meter in a later part; the first part's counts");
    }
    measure.marks.endings |= ending_;
    measure.marks.endingStarts |= endingStarts_;
    if (endingEnds_) ending_ = 0;
    return {};
}

base::Status MusicXmlPart::take(const XmlElement& child) {
    if (child.name == "note") return takeNote(child);
    if (child.name == "backup") {
        const auto length = lengthOf(child);
        if (length > cursor_)
            shared_.left.repair(child.offset, "backups go behind the start of their measure; they stop there");
        cursor_ = std::max(Fraction(0), cursor_ - length);
    } else if (child.name == "forward") {
        advance(lengthOf(child));
    } else if (child.name == "attributes") {
        return takeAttributes(child);
    } else if (child.name == "direction") {
        return takeDirection(child);
    } else if (child.name == "sound") {
        return takeSound(child, here(), /*hasPedal=*/false);
    } else if (child.name == "barline") {
        takeBarline(child);
    } else if (child.name == "harmony") {
        shared_.left.skip(child.offset, "chord symbols are not kept");
    } else if (child.name == "figured-bass") {
        shared_.left.skip(child.offset, "figured basses are not kept");
    }
    return {};
}

// ---- notes

base::Status MusicXmlPart::takeNote(const XmlElement& note) {
    countNotations(note);
    if (note.has("grace")) {
        shared_.left.skip(note.offset, "grace notes are left out");
        return {};
    }
    const bool inChord = note.has("chord");
    const auto length = lengthOf(note);
    const auto onset = inChord ? chordOnset_ : cursor_;
    if (!inChord) {
        chordOnset_ = cursor_;
        advance(length);
    }
    if (note.has("rest")) return {};
    if (note.has("cue")) {
        shared_.left.skip(note.offset, "cue notes are left out: they are not played");
        return {};
    }
    if (length == Fraction(0)) {
        shared_.left.skip(note.offset, "notes without a duration are left out");
        return {};
    }
    return placeNote(note, onset, length);
}

base::Status MusicXmlPart::placeNote(const XmlElement& note, Fraction onset, Fraction length) {
    if (++shared_.notes > kLimits.notes) return tooMuch("the piece has more than 524,288 notes");
    NotatedNote placed{.place = {measure_, onset}, .length = length};
    if (const auto* instrument = note.child("instrument"))
        placed.instrument = static_cast<std::uint16_t>(declaration_.instrumentOf(instrument->attribute("id")));
    const auto key = soundingKey(note, placed);
    if (!key) {
        shared_.left.skip(note.offset, "notes have no pitch that MIDI knows and are left out");
        return {};
    }
    placed.pitch = static_cast<std::uint8_t>(*key);
    placed.voice = static_cast<std::uint16_t>(numberOf(note.childText("staff"), 0, 63, 0) << 8 |
                                              numberOf(note.childText("voice"), 0, 255, 0));
    placed.tieStarts = hasTie(note, "start");
    placed.tieStops = hasTie(note, "stop");
    if (const auto own = velocityOfPercent(note.attribute("dynamics")))
        placed.velocity = static_cast<std::uint8_t>(*own);
    part_.notes.push_back(placed);
    sounds_ = true;
    return {};
}

/// 0..127, or nothing.
std::optional<int> MusicXmlPart::soundingKey(const XmlElement& note, NotatedNote& placed) {
    const auto said = declaration_.unpitchedKeys[placed.instrument];
    if (note.has("unpitched")) {
        placed.unpitched = true;
        if (said < 0) shared_.left.repair(note.offset, "unpitched notes name no drum; a snare drum plays them");
        return said < 0 ? kSnareDrum : said;
    }
    const auto* pitch = note.child("pitch");
    if (!pitch) return std::nullopt;
    bool microtone = false;
    auto key = keyOfPitch(*pitch, microtone);
    if (!key) return std::nullopt;
    if (microtone) shared_.left.repair(note.offset, "microtones are moved to the nearest key");
    const auto staff = numberOf(note.childText("staff"), 1, 63, 1);
    const auto own = semitones_.find(staff);
    const auto all = semitones_.find(0);
    *key += own != semitones_.end() ? own->second : all != semitones_.end() ? all->second : 0;
    return *key >= 0 && *key <= 127 ? key : std::nullopt;
}

void MusicXmlPart::countNotations(const XmlElement& note) {
    for (const auto& child : note.children) {
        if (child.name == "lyric") shared_.left.skip(child.offset, "lyrics are not kept");
        if (child.name != "notations") continue;
        const auto count = [&](const XmlElement& sign) {
            if (const auto phrase = unplayedNotation(sign.name); !phrase.empty())
                shared_.left.skip(sign.offset, std::string(phrase));
        };
        for (const auto& sign : child.children) {
            count(sign);
            for (const auto& inner : sign.children) count(inner);
        }
    }
}

// ---- attributes

base::Status MusicXmlPart::takeAttributes(const XmlElement& attributes) {
    for (const auto& child : attributes.children)
        if (child.name == "transpose") takeTranspose(child);
    for (const auto& child : attributes.children) {
        if (child.name == "divisions") {
            const auto value = parseDecimal(child.text);
            if (value && *value > Fraction(0))
                divisions_ = *value;
            else
                shared_.left.repair(child.offset, "divisions are no positive number; the ones before go on");
        } else if (child.name == "key") {
            if (auto taken = takeKey(child); !taken) return taken;
        } else if (child.name == "time") {
            takeTime(child);
        } else if (child.name == "measure-style") {
            for (const auto& style : child.children)
                if (style.name == "measure-repeat" || style.name == "beat-repeat" || style.name == "slash")
                    shared_.left.skip(style.offset, "measure repeat and slash signs are not played out");
        }
    }
    return {};
}

void MusicXmlPart::takeTranspose(const XmlElement& transpose) {
    const auto staff = numberOf(transpose.attribute("number"), 1, 63, 0);
    if (staff == 0) semitones_.clear();
    semitones_[staff] = semitonesOf(transpose);
    if (transpose.has("double"))
        shared_.left.skip(transpose.offset, "parts sound doubled an octave away; only one is played");
}

base::Status MusicXmlPart::takeKey(const XmlElement& key) {
    const bool ours = part_.instruments.front().drums == false && (!shared_.keysGiven || keysOurs_);
    if (!ours || numberOf(key.attribute("number"), 1, 63, 1) != 1) return {};
    const auto sign = keyOf(key, semitones_.empty() ? 0 : semitones_.begin()->second);
    if (!sign) {
        shared_.left.skip(key.offset, "key signatures are outside the circle of fifths and not kept");
        return {};
    }
    shared_.keysGiven = keysOurs_ = true;
    shared_.piece.keys.push_back({here(), sign->sharps, sign->minor});
    return addMark();
}

void MusicXmlPart::takeTime(const XmlElement& time) {
    const auto sign = meterOf(time);
    if (!sign) return shared_.left.skip(time.offset, "time signatures without a meter are not kept");
    if (cursor_ > Fraction(0)) {
        nextMeter_ = {sign->numerator, sign->denominator};
    } else {
        numerator_ = sign->numerator;
        denominator_ = sign->denominator;
    }
}

// ---- bar lines

void MusicXmlPart::takeBarline(const XmlElement& barline) {
    const bool isLeft = barline.attribute("location") == "left";
    auto& sign = marks();
    sign.segno |= isLeft && (barline.has("segno") || !barline.attribute("segno").empty());
    sign.coda |= isLeft && (barline.has("coda") || !barline.attribute("coda").empty());
    if (const auto* repeat = barline.child("repeat")) {
        if (repeat->attribute("direction") == "backward")
            sign.repeatEnds = std::max(sign.repeatEnds, numberOf(repeat->attribute("times"), 2, 64, 2));
        else if (isLeft)
            sign.repeatStarts = true;
        else
            forwardNext_ = true;
    }
    if (const auto* ending = barline.child("ending")) takeEnding(*ending);
}

void MusicXmlPart::takeEnding(const XmlElement& ending) {
    if (ending.attribute("type") == "start") {
        ending_ = endingBits(ending.attribute("number"));
        endingStarts_ = ending_ != 0;
        endingEnds_ = false;
    } else {
        endingEnds_ = true;
    }
}

} // namespace continuo::notation
