#include "engine/tokens/structured_grammar.h"

#include "engine/tokens/shift_tables.h"

#include <algorithm>

namespace continuo::tokens {
namespace {

std::uint16_t id(int value) { return static_cast<std::uint16_t>(value); }

/// One symbol and a range above it.
AllowedIds with(std::uint16_t symbol, const AllowedIds& range) {
    if (range.isEmpty()) return {symbol, id(symbol + 1)};
    auto both = range;
    both.first = symbol;
    both.gapFirst = id(symbol + 1);
    both.gapEnd = range.first;
    return both;
}

} // namespace

AllowedIds StructuredGrammar::allowed(std::size_t stream, const Row&) const {
    if (stream != kToken) return {};
    switch (slot_) {
    case Slot::Start:
        return startOrNote(kBegin, true);
    case Slot::NoteOrEnd:
        return startOrNote(kEnd, limits_.mayEnd);
    case Slot::MoreShift: {
        const auto pitches = isInTime() ? keys() : AllowedIds::none();
        const auto more = shifts(true);
        if (pitches.isEmpty() || more.isEmpty()) return pitches.isEmpty() ? more : pitches;
        return {pitches.first, more.end, pitches.mask, pitches.end, more.first};
    }
    case Slot::Key:
        return keys();
    case Slot::Velocity:
        return {kVelocityTokens.first, kVelocityTokens.end};
    case Slot::Duration:
        return {kDurationTokens.first, kDurationTokens.end};
    case Slot::Shift:
        return shifts(false);
    case Slot::Ended:
        break;
    }
    return AllowedIds::none();
}

AllowedIds StructuredGrammar::startOrNote(std::uint16_t symbol, bool maySymbol) const {
    const auto note = firstOfNote();
    return maySymbol ? with(symbol, note) : note;
}

AllowedIds StructuredGrammar::keys() const {
    if (!corrected_ && (time_ >= limits_.end || limits_.first >= limits_.end)) return AllowedIds::none();
    const int first = std::max(limits_.keyFirst, corrected_ ? lastKey_ + 1 : 0);
    if (first >= limits_.keyEnd) return AllowedIds::none();
    return {kKeyTokens.idOf(first), id(kKeyTokens.idOf(limits_.keyEnd - 1) + 1)};
}

/// Published: the shift of the note whose pitch is known. Corrected: the pitch follows, so there must be one; where the
/// first place is out of reach, the largest shift leads on.
AllowedIds StructuredGrammar::shifts(bool positive) const {
    const std::int64_t largest = kShiftTokens.lastValue();
    const bool hasKey = std::max(limits_.keyFirst, lastKey_ + 1) < limits_.keyEnd;
    std::int64_t first = corrected_ && (positive || !hasKey) ? 1 : 0;
    first = std::max(first, std::min(limits_.first - time_, largest));
    const auto end = std::min(limits_.end - time_, largest + 1);
    if (first >= end || limits_.keyFirst >= limits_.keyEnd || limits_.first >= limits_.end) return AllowedIds::none();
    return {kShiftTokens.idOf(first), id(kShiftTokens.idOf(end - 1) + 1)};
}

void StructuredGrammar::follow(const Row& row) {
    const auto token = row[kToken];
    if (token == kEnd) {
        slot_ = Slot::Ended;
    } else if (token < kFirstKey) {
        slot_ = Slot::NoteOrEnd;
    } else {
        take(token);
    }
}

/// By the kind of the token, so that a prompt that starts anywhere is followed.
void StructuredGrammar::take(std::uint16_t token) {
    if (kKeyTokens.contains(token)) {
        slot_ = Slot::Velocity;
        lastKey_ = kKeyTokens.valueOf(token);
    } else if (kVelocityTokens.contains(token)) {
        slot_ = Slot::Duration;
    } else if (kDurationTokens.contains(token)) {
        slot_ = corrected_ ? Slot::NoteOrEnd : Slot::Shift;
    } else {
        const auto shift = kShiftTokens.valueOf(token);
        time_ += shift;
        if (shift > 0) lastKey_ = -1;
        const bool mayGoOn = shift == kShiftTokens.lastValue();
        slot_ = !corrected_ ? Slot::NoteOrEnd : mayGoOn ? Slot::MoreShift : Slot::Key;
    }
}

} // namespace continuo::tokens
