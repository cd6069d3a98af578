#pragma once

#include "engine/base/files.h"
#include "engine/score/muspy_score.h"

namespace continuo::midi {

/// The piece as muspy.read_midi() of MusPy 0.5.0 gives it, for the encoders of the parity modes and for the measures:
/// notes end first in, first out within their chunk, those never ended with the chunk; a note belongs to the program in
/// force where it ends; a controller, or the last program of a channel that has note messages, makes a track without
/// notes; channel 10 is drums. Broken files are read as far as our reader does. Refuses what is no MIDI file, format 2
/// and SMPTE divisions, as MusPy does. The notes name no source.
base::Result<score::MuspyScore> importLikeMuspy(base::ByteSpan file);

} // namespace continuo::midi
