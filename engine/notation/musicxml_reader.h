#pragma once

#include "engine/notation/notation_read.h"

namespace continuo::notation {

/// Reads MusicXML 3 or 4, score-partwise or score-timewise, plain (.musicxml, .xml) or compressed (.mxl). One track a
/// part (drums of a mixed part in a track of their own) with its General MIDI program; pitches as they sound; ties
/// joined; dynamics as velocities; tempo, meter, key and pedals. What is left is counted in the report, whose offsets
/// are bytes of the (unpacked) XML. Bounded by notation_limits.h; a refused file is one sentence with line and byte.
base::Result<NotationRead> readMusicXml(base::ByteSpan bytes, const NotationOptions& options = {});

/// Whether the bytes begin as an XML file does, in any of its encodings.
bool looksLikeXml(base::ByteSpan bytes);

} // namespace continuo::notation
