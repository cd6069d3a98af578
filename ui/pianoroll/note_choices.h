#pragma once

#include "ui/pianoroll/roll_state.h"

#include <span>

namespace continuo::ui {

/// Notes of the current track that have something in common; where the selected notes say what, they are asked.
enum class NoteChoice {
    SamePitch,
    SamePitchClass,
    SameVelocity, // within 8
    Shorter,      // than a step of the grid
    OutOfScale,
    EverySecond, // of the selected notes, else of all
    Top,         // of each chord of the selected notes, else of all
    Bottom,
    FromNet,
    Overlaps,
};

struct NoteChoiceEntry {
    NoteChoice choice;
    const char* id; // in the table of keys
};
std::span<const NoteChoiceEntry> noteChoices();

std::vector<score::NoteId> notesChosenBy(RollState& state, NoteChoice choice);

} // namespace continuo::ui
