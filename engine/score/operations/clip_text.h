#pragma once

#include "engine/base/result.h"
#include "engine/score/operations/paste.h"

#include <string>
#include <string_view>

namespace continuo::score {

/// A clip as text that people can read and readClipText reads back whole. One line a thing, fields separated by spaces:
///
///     continuo-clip 1
///     division TICKS-A-QUARTER FRAMES-A-SECOND TICKS-A-FRAME
///     span OFFSET LENGTH
///     track ID PROGRAM DRUMS NAME…
///     note ONSET LENGTH PITCH VELOCITY RELEASE MARKS PLAYED-OFFSET PLAYED-LENGTH
///     event AT KIND FIRST SECOND
///
/// Notes and events belong to the track before them. Lines that begin with # are passed over.
std::string clipText(const Clip& clip);

/// Refuses text that is no clip, or one with values out of bounds, naming the line.
base::Result<Clip> readClipText(std::string_view text);

/// Whether readClipText is worth trying.
bool looksLikeClipText(std::string_view text);

} // namespace continuo::score
