#pragma once

#include "engine/base/result.h"
#include "engine/score/operations/operation.h"

#include <string_view>

namespace continuo::score {

/// What is typed into a field that stands for many notes.
struct ValueChange {
    enum class Kind {
        Set,   // "80": all get it
        Add,   // "+5", "-5"
        Times, // "*1.2", "/2"
        Span,  // "=60..90": the lowest becomes 60, the highest 90, the others in proportion; alike ones the middle
    };
    Kind kind = Kind::Set;
    double first = 0;
    double last = 0; // Span only

    friend bool operator==(const ValueChange&, const ValueChange&) = default;
};

/// Reads "80", "+5", "-5", "*1.2", "/2", "=60", "=60..90". A negative value that is to be set is written "=-5".
base::Result<ValueChange> parseValueChange(std::string_view text);

enum class NoteField { Onset, Length, Pitch, Velocity, Release };

/// The same for one field, whose values may be written as that field shows them: "E4" and "=C3..G4" for pitches,
/// "10.3.115" for onsets, "1|240" and "1/8" for lengths, "+1/8" and "-1|000" for what is added to either.
base::Result<ValueChange> parseFieldChange(std::string_view text, NoteField field, const MeterMap& meters,
                                           Division division);

/// Changes one field of each note, rounded and kept within its bounds. Adding to onsets or pitches keeps the shape of
/// the group at the edges.
OperationResult changeValues(const Score& score, NoteIds ids, NoteField field, const ValueChange& change);

} // namespace continuo::score
