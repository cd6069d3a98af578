#pragma once

#include "engine/base/files.h"
#include "engine/tokens/imported_score.h"

namespace continuo::corpus {

/// The piece as muspy.read_midi() of MusPy 0.5.0 gives it (Dong et al., ISMIR 2020), for the encoders of the parity
/// modes: notes end first in, first out within their chunk, those never ended with the chunk; a note belongs to the
/// program in force where it ends; a controller, or the last program of a channel that has note messages, makes a track
/// without notes. Broken files are read as far as our reader does. Refuses what is no MIDI file, format 2 and SMPTE
/// divisions, as MusPy does. The notes name no source.
base::Result<tokens::ImportedScore> importLikeMuspy(base::ByteSpan file);

} // namespace continuo::corpus
