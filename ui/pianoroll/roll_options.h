#pragma once

#include "ui/pianoroll/pitch_names.h"

namespace continuo::ui {

/// Which rows are left out of the roll; a drum view leaves out the pieces that are not used with either.
enum class Fold { None, Used, Scale };

/// Which other tracks are drawn behind the current one.
enum class GhostSource { Chosen, All, Family };

/// How the roll shows its notes and what may be edited there. Chosen by the user, for every piece.
struct RollOptions {
    bool ghosts = true;
    GhostSource ghostSource = GhostSource::Chosen; // with an open eye; all; those of the same instrument family
    bool snapToGhosts = false;                     // their starts and ends catch what is dragged
    bool several = false;                          // tracks with an open eye can be edited too
    bool scale = false;                            // rows say which pitches belong to the key
    bool keyColours = false;                       // ... and still which are black keys
    Fold fold = Fold::None;
    bool carriesControllers = false; // notes that move take the values under them along
    PitchNaming naming = PitchNaming::English;

    friend bool operator==(const RollOptions&, const RollOptions&) = default;
};

} // namespace continuo::ui
