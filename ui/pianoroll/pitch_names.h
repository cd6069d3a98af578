#pragma once

#include <QString>

namespace continuo::ui {

/// How pitches are called: "E♭4", "Es4" (and H for B), "Mi♭4".
enum class PitchNaming { English, German, FixedDo };

/// `flats`: of the two names of a black key the one with the flat. MIDI key 60 is C4.
QString pitchName(int pitch, bool flats, PitchNaming naming);

} // namespace continuo::ui
