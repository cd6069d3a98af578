#include "engine/tokens/mmt_grammar.h"

#include <algorithm>

namespace continuo::tokens {
namespace {

const AllowedIds kOnlyZero{};

} // namespace

AllowedIds MmtGrammar::allowed(std::size_t field, const Row& drawn) const {
    if (field == kType) return types();
    if (drawn[kType] == kInstrumentRow) return field == kInstrument ? declarable() : kOnlyZero;
    if (drawn[kType] != kNote) return kOnlyZero;
    switch (field) {
    case kBeat: {
        const auto first = std::max<std::uint16_t>(1, last_[kBeat]);
        return {static_cast<std::uint16_t>(last_[kBeat] == 0 || hasRoomInBeat() ? first : first + 1), beatEnd()};
    }
    case kPosition: {
        const auto end = positionEnd(drawn[kBeat]);
        if (drawn[kBeat] != last_[kBeat]) return {1, end};
        return {static_cast<std::uint16_t>(last_[kPosition] + (hasRoomAtLast() ? 0 : 1)), end};
    }
    case kPitch:
        return {firstPitch(drawn), pitchEnd()};
    case kDuration:
        return {firstDuration(drawn), sizes_[kDuration]};
    default:
        return noteInstruments(drawn);
    }
}

AllowedIds MmtGrammar::types() const {
    if (hasEnded()) return AllowedIds::none();
    if (type_ >= kStartOfNotes) {
        const auto first = canAddNote() ? kNote : kEndOfSong;
        return {first, static_cast<std::uint16_t>(limits_.mayEnd ? kEndOfSong + 1 : kEndOfSong)};
    }
    AllowedIds header{static_cast<std::uint16_t>(type_ == -1 ? kStartOfSong : kInstrumentRow), kStartOfNotes + 1};
    if (declarable().isEmpty())
        header.mask.reset(kInstrumentRow);
    else if (usable().none())
        header.mask.reset(kStartOfNotes); // a piece without instruments could hold no note
    return header;
}

AllowedIds MmtGrammar::declarable() const {
    if (!limits_.mayDeclare) return AllowedIds::none();
    return {static_cast<std::uint16_t>(lastDeclared_ + 1), sizes_[kInstrument], limits_.instruments};
}

bool MmtGrammar::hasRoomAtLast() const {
    if (last_[kPosition] >= positionEnd(last_[kBeat])) return false;
    const bool lastUsable = usable()[last_[kInstrument]];
    switch (order_) {
    case RowOrder::InstrumentPitch:
        return isInstrumentLeftAbove(last_[kInstrument]) || (lastUsable && last_[kPitch] + 1 < pitchEnd());
    case RowOrder::PitchDuration:
        return last_[kPitch] < pitchEnd();
    case RowOrder::Instrument:
        return lastUsable || isInstrumentLeftAbove(last_[kInstrument]);
    }
    return false;
}

bool MmtGrammar::canAddNote() const {
    if (usable().none() || pitchFirst() >= pitchEnd()) return false;
    const auto firstBeat = last_[kBeat] == 0 ? 1 : last_[kBeat] + (hasRoomInBeat() ? 0 : 1);
    return firstBeat < beatEnd();
}

std::uint16_t MmtGrammar::firstPitch(const Row& drawn) const {
    const auto above = [&](int last) { return static_cast<std::uint16_t>(std::max<int>(pitchFirst(), last)); };
    if (!isAtLast(drawn)) return pitchFirst();
    switch (order_) {
    case RowOrder::InstrumentPitch:
        return isInstrumentLeftAbove(last_[kInstrument]) ? pitchFirst() : above(last_[kPitch] + 1);
    case RowOrder::PitchDuration:
        return above(last_[kPitch]);
    case RowOrder::Instrument:
        break;
    }
    return pitchFirst();
}

std::uint16_t MmtGrammar::firstDuration(const Row& drawn) const {
    if (order_ != RowOrder::PitchDuration || !isAtLast(drawn) || drawn[kPitch] != last_[kPitch]) return 1;
    return std::max<std::uint16_t>(1, last_[kDuration]);
}

AllowedIds MmtGrammar::noteInstruments(const Row& drawn) const {
    std::uint16_t first = 1;
    const auto last = last_[kInstrument];
    if (isAtLast(drawn)) {
        const auto after = static_cast<std::uint16_t>(last + 1);
        if (order_ == RowOrder::InstrumentPitch) first = drawn[kPitch] > last_[kPitch] ? last : after;
        if (order_ == RowOrder::Instrument) first = last;
    }
    return {first, sizes_[kInstrument], usable()};
}

void MmtGrammar::follow(const Row& row) {
    type_ = row[kType];
    if (type_ == kInstrumentRow) {
        declared_.set(row[kInstrument]);
        lastDeclared_ = std::max(lastDeclared_, row[kInstrument]);
    }
    if (type_ == kNote) lastNote_ = row, place();
}

void MmtGrammar::setLimits(const GrammarLimits& limits) {
    limits_ = limits;
    place();
}

void MmtGrammar::place() {
    last_ = lastNote_;
    const auto first = std::min<std::int64_t>(limits_.first, std::int64_t{sizes_[kBeat]} * kPositions);
    if (first <= 0) return;
    const Row earliest{kNote, static_cast<std::uint16_t>(first / kPositions + 1),
                       static_cast<std::uint16_t>(first % kPositions + 1)};
    last_ = std::max(last_, earliest);
}

std::uint16_t MmtGrammar::beatEnd() const {
    const auto beats = limits_.end / kPositions + (limits_.end % kPositions > 0 ? 1 : 0);
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(beats + 1, 1, sizes_[kBeat]));
}

std::uint16_t MmtGrammar::positionEnd(std::uint16_t beat) const {
    const auto left = limits_.end - (std::int64_t{beat} - 1) * kPositions;
    return static_cast<std::uint16_t>(std::clamp<std::int64_t>(left, 0, kPositions) + 1);
}

} // namespace continuo::tokens
