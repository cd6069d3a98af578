#include "engine/notation/abc_voice.h"

#include <algorithm>
#include <array>

namespace continuo::notation {
namespace {

constexpr std::array kSemitones{0, 2, 4, 5, 7, 9, 11}; // C..B

} // namespace

/// May lie outside 0..127.
int AbcVoice::soundingKey(const AbcPitch& pitch) {
    const auto letter = static_cast<std::size_t>(pitch.letter);
    const int natural = 60 + 12 * pitch.octave + kSemitones[letter] + transposition;
    if (pitch.accidental) {
        if (reach != AbcReach::Note) accidentals_[placeOf(pitch)] = *pitch.accidental;
        return natural + *pitch.accidental;
    }
    if (const auto tied = pendingTies_.find(pitch.step()); tied != pendingTies_.end()) return tied->second;
    const auto here = accidentals_.find(placeOf(pitch));
    return natural + (here != accidentals_.end() ? here->second : key.alter[letter]);
}

Fraction AbcVoice::scaled(Fraction length) {
    length = length * unit * nextFactor_;
    nextFactor_ = 1;
    if (tupletLeft_ > 0) {
        length = length * tupletFactor_;
        --tupletLeft_;
    }
    return length;
}

void AbcVoice::advance(Fraction length) {
    lastStart_ = position_;
    lastLength_ = length;
    position_ += length;
    furthest_ = std::max(furthest_, position_);
}

std::size_t AbcVoice::addNotes(std::span<const AbcPitch> pitches, Fraction length) {
    std::size_t dropped = 0;
    const auto factor = scaled(length);
    std::map<int, int> ties;
    lastFirst_ = notes_.size();
    for (const auto& pitch : pitches) {
        const int sounding = soundingKey(pitch);
        if (sounding < 0 || sounding > 127) {
            ++dropped;
            continue;
        }
        NotatedNote note{
            .length = factor * pitch.length, .pitch = static_cast<std::uint8_t>(sounding), .velocity = velocity};
        note.tieStops = pendingTies_.contains(pitch.step());
        note.tieStarts = pitch.tied;
        if (pitch.tied) ties[pitch.step()] = sounding;
        notes_.push_back({position_, note});
    }
    lastEnd_ = notes_.size();
    pendingTies_ = std::move(ties);
    lastSteps_.clear();
    for (const auto& pitch : pitches) lastSteps_.push_back(pitch.step());
    advance(factor * pitches.front().length);
    return dropped;
}

void AbcVoice::addRest(Fraction length) {
    lastFirst_ = lastEnd_ = notes_.size();
    lastSteps_.clear();
    pendingTies_.clear();
    advance(scaled(length));
}

void AbcVoice::addBarsOfRest(int bars) {
    const Fraction bar = meter.numerator > 0 ? Fraction(4 * meter.numerator, meter.denominator) : Fraction(4);
    for (int i = 0; i < bars; ++i) {
        if (i > 0) barLine(0, false, false);
        nextFactor_ = 1;
        addRest(bar / unit);
    }
}

void AbcVoice::tie() {
    if (lastEnd_ - lastFirst_ != lastSteps_.size()) return; // some were dropped
    for (auto i = lastFirst_; i < lastEnd_; ++i) {
        notes_[i].note.tieStarts = true;
        pendingTies_[lastSteps_[i - lastFirst_]] = notes_[i].note.pitch;
    }
}

void AbcVoice::breakRhythm(int count) {
    if (!lastStart_ || count == 0 || std::abs(count) > 4) return;
    const Fraction small(1, std::int64_t{1} << std::abs(count));
    const auto here = count > 0 ? Fraction(2) - small : small;
    for (auto i = lastFirst_; i < lastEnd_; ++i) notes_[i].note.length = notes_[i].note.length * here;
    lastLength_ = lastLength_ * here;
    if (furthest_ == position_) furthest_ = *lastStart_ + lastLength_; // it was this element that reached furthest
    position_ = *lastStart_ + lastLength_;
    furthest_ = std::max(furthest_, position_);
    nextFactor_ = Fraction(2) - here;
}

void AbcVoice::startTuplet(int notes, int inTimeOf, int count) {
    if (notes < 2 || notes > 64) return;
    if (inTimeOf == 0) {
        const bool compound = meter.numerator % 3 == 0 && meter.numerator > 3 && meter.denominator >= 8;
        static constexpr std::array<int, 10> kUsual{0, 0, 3, 2, 3, 0, 2, 0, 3, 0};
        inTimeOf = notes < 10 ? kUsual[static_cast<std::size_t>(notes)] : 0;
        if (inTimeOf == 0) inTimeOf = compound ? 3 : 2;
    }
    tupletFactor_ = Fraction(inTimeOf, notes);
    tupletLeft_ = count == 0 ? notes : count;
}

void AbcVoice::endMeasure() {
    if (furthest_ == open_.start) return;
    open_.length = furthest_ - open_.start;
    open_.meter = meter;
    open_.marks.endings = ending_;
    measures_.push_back(open_);
    position_ = furthest_;
    open_ = {};
    open_.start = position_;
}

void AbcVoice::barLine(int repeats, bool startsRepeat, bool endsEnding) {
    endMeasure();
    accidentals_.clear();
    if (repeats > 0 && !measures_.empty()) measures_.back().marks.repeatEnds = std::clamp(repeats, 2, 64);
    if (endsEnding || repeats > 0 || startsRepeat) ending_ = 0;
    if (startsRepeat) open_.marks.repeatStarts = true;
}

void AbcVoice::startEnding(std::uint32_t endings) {
    endMeasure();
    ending_ = endings;
    open_.marks.endingStarts = endings != 0;
}

void AbcVoice::overlay() {
    position_ = open_.start;
    lastStart_.reset();
    pendingTies_.clear();
    accidentals_.clear();
}

void AbcVoice::close() { endMeasure(); }

} // namespace continuo::notation
