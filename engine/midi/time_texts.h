#pragma once

#include "engine/score/chord_event.h"
#include "engine/score/scale_event.h"
#include "engine/score/tempo_ramp.h"

#include <optional>
#include <string>
#include <string_view>

/// How a MIDI file says what the standard has no event for. Each is a text event (FF 01) at its tick, in words that
/// other programs show as they are, and that whoever opens the file elsewhere can read:
///
///     Chord: Bbm7/F                            a chord symbol, up to the next one
///     Chord: N.C.                              none from here on
///     Scale: Eb Dorian [0 2 3 5 7 9 10]        tonic, name, and the semitones over the tonic; beside it stands the
///                                              nearest key signature (FF 59), for programs that know no scales
///     Tempo ramp: 72 to 68 bpm over 3840 ticks what the tempo events (FF 51) from here on stand for
///
/// Sections are markers (FF 06): one lasts up to the next, one without text ends the section before it. Cue points are
/// FF 07. Names of chords and tonics are ASCII ("Bb", "F#"), because many programs read text as Latin-1.
///
/// Only these exact forms are understood; every other text stays in the file as it was and has no effect.
namespace continuo::midi {

/// Without id, chunk and tick; nothing where the text is something else.
std::optional<score::ChordEvent> readChord(std::string_view text);
std::optional<score::ScaleEvent> readScale(std::string_view text);
std::optional<score::TempoRamp> readRamp(std::string_view text);

std::string chordText(const score::ChordEvent& chord);
std::string scaleText(const score::ScaleEvent& scale);
std::string rampText(const score::TempoRamp& ramp);

} // namespace continuo::midi
