#pragma once

#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/value_change.h"

#include <array>
#include <optional>

namespace continuo::ui {

/// The least and the greatest value of one field among the selected notes.
struct ValueSpan {
    std::int64_t least = INT64_MAX, most = INT64_MIN;

    void see(std::int64_t value) {
        least = std::min(least, value);
        most = std::max(most, value);
    }
    bool isOne() const { return least == most; }
};

/// How many of the notes have a mark.
enum class Share { None, Some, All };

/// What an inspector says of a selection.
struct SelectionFacts {
    std::size_t notes = 0, locked = 0, muted = 0, fromNet = 0;
    std::array<ValueSpan, 5> fields; // by score::NoteField
    score::TickRange range;          // from the first onset to the last end
    double meanVelocity = 0;
    std::optional<score::TrackId> track; // where all are of one
    std::optional<score::Chord> chord;   // that they make together, where they make one

    const ValueSpan& of(score::NoteField field) const { return fields[static_cast<std::size_t>(field)]; }
    Share share(std::size_t count) const {
        return count == 0 ? Share::None : count == notes ? Share::All : Share::Some;
    }
};

SelectionFacts factsOf(const score::Score& score, score::NoteIds selected);

} // namespace continuo::ui
