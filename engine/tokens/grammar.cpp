#include "engine/tokens/grammar.h"

#include <algorithm>
#include <cassert>

namespace continuo::tokens {
namespace {

const AllowedIds kOnlyZero{};

} // namespace

bool AllowedIds::isEmpty() const {
    for (std::size_t id = first; id < end; ++id)
        if (contains(id)) return false;
    return true;
}

Grammar::Grammar(const TokenizerSettings& settings, const GrammarLimits& limits)
    : order_(settings.order()), sizes_(settings.vocabulary()), limits_(limits) {}

AllowedIds Grammar::allowed(Field field, const Row& drawn) const {
    if (field == kType) return types();
    if (drawn[kType] == kInstrumentRow) return field == kInstrument ? declarable() : kOnlyZero;
    if (drawn[kType] != kNote) return kOnlyZero;
    switch (field) {
    case kBeat: {
        const auto first = std::max<std::uint16_t>(1, last_[kBeat]);
        return {static_cast<std::uint16_t>(last_[kBeat] == 0 || hasRoomInBeat() ? first : first + 1), beatEnd()};
    }
    case kPosition: {
        if (drawn[kBeat] != last_[kBeat]) return {1, sizes_[kPosition]};
        return {static_cast<std::uint16_t>(last_[kPosition] + (hasRoomAtLast() ? 0 : 1)), sizes_[kPosition]};
    }
    case kPitch:
        return {firstPitch(drawn), limits_.pitchEnd};
    case kDuration:
        return {firstDuration(drawn), sizes_[kDuration]};
    default:
        return noteInstruments(drawn);
    }
}

AllowedIds Grammar::types() const {
    if (hasEnded()) return {0, 0};
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

AllowedIds Grammar::declarable() const {
    if (!limits_.mayDeclare) return {0, 0};
    return {static_cast<std::uint16_t>(lastDeclared_ + 1), sizes_[kInstrument], limits_.instruments};
}

bool Grammar::isInstrumentLeftAbove(std::uint16_t id) const { return (usable() >> (id + 1u)).any(); }

bool Grammar::hasRoomAtLast() const {
    const bool lastUsable = usable()[last_[kInstrument]];
    switch (order_) {
    case RowOrder::InstrumentPitch:
        return isInstrumentLeftAbove(last_[kInstrument]) || (lastUsable && last_[kPitch] + 1 < limits_.pitchEnd);
    case RowOrder::PitchDurationInstrument:
        if (last_[kPitch] + 1 < limits_.pitchEnd) return true;
        if (last_[kPitch] >= limits_.pitchEnd) return false;
        return last_[kDuration] + 1 < sizes_[kDuration] || isInstrumentLeftAbove(last_[kInstrument]);
    case RowOrder::Instrument:
        return lastUsable || isInstrumentLeftAbove(last_[kInstrument]);
    }
    return false;
}

bool Grammar::canAddNote() const {
    if (usable().none() || limits_.pitchFirst >= limits_.pitchEnd) return false;
    const auto firstBeat = last_[kBeat] == 0 ? 1 : last_[kBeat] + (hasRoomInBeat() ? 0 : 1);
    return firstBeat < beatEnd();
}

std::uint16_t Grammar::firstPitch(const Row& drawn) const {
    const auto above = [&](int last) { return static_cast<std::uint16_t>(std::max<int>(limits_.pitchFirst, last)); };
    if (!isAtLast(drawn)) return limits_.pitchFirst;
    switch (order_) {
    case RowOrder::InstrumentPitch:
        return isInstrumentLeftAbove(last_[kInstrument]) ? limits_.pitchFirst : above(last_[kPitch] + 1);
    case RowOrder::PitchDurationInstrument: {
        const bool same = last_[kDuration] + 1 < sizes_[kDuration] || isInstrumentLeftAbove(last_[kInstrument]);
        return above(last_[kPitch] + (same ? 0 : 1));
    }
    case RowOrder::Instrument:
        break;
    }
    return limits_.pitchFirst;
}

std::uint16_t Grammar::firstDuration(const Row& drawn) const {
    if (order_ != RowOrder::PitchDurationInstrument || !isAtLast(drawn) || drawn[kPitch] != last_[kPitch]) return 1;
    return static_cast<std::uint16_t>(last_[kDuration] + (isInstrumentLeftAbove(last_[kInstrument]) ? 0 : 1));
}

AllowedIds Grammar::noteInstruments(const Row& drawn) const {
    std::uint16_t first = 1;
    const auto last = last_[kInstrument];
    if (isAtLast(drawn)) {
        const auto after = static_cast<std::uint16_t>(last + 1);
        if (order_ == RowOrder::InstrumentPitch) first = drawn[kPitch] > last_[kPitch] ? last : after;
        if (order_ == RowOrder::Instrument) first = last;
        if (order_ == RowOrder::PitchDurationInstrument && drawn[kPitch] == last_[kPitch] &&
            drawn[kDuration] == last_[kDuration])
            first = after;
    }
    return {first, sizes_[kInstrument], usable()};
}

void Grammar::follow(const Row& row) {
    type_ = row[kType];
    if (type_ == kInstrumentRow) {
        declared_.set(row[kInstrument]);
        lastDeclared_ = std::max(lastDeclared_, row[kInstrument]);
    }
    if (type_ == kNote) last_ = row;
}

void Grammar::mask(const AllowedIds& allowed, std::span<float> logits) {
    constexpr float kNever = -std::numeric_limits<float>::infinity();
    const auto end = std::min<std::size_t>(allowed.end, logits.size());
    const auto first = std::min<std::size_t>(allowed.first, end);
    std::fill(logits.begin(), logits.begin() + static_cast<std::ptrdiff_t>(first), kNever);
    std::fill(logits.begin() + static_cast<std::ptrdiff_t>(end), logits.end(), kNever);
    for (auto id = first; id < std::min(end, allowed.mask.size()); ++id)
        if (!allowed.mask[id]) logits[id] = kNever;
}

} // namespace continuo::tokens
