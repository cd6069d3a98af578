#pragma once

#include "engine/base/result.h"
#include "engine/score/division.h"
#include "engine/score/meter_map.h"

#include <string>
#include <string_view>

/// How positions, lengths and pitches are written in lists and fields, and read from what is typed there.
namespace continuo::score {

/// "10.3.115": bar and beat counted from 1, ticks from 0.
std::string positionText(Tick at, const MeterMap& meters);
/// Reads "10.3.115", "10|3|115", "10.3" and "10"; the rest of the bar may be less than what is named, which then lies
/// in a later one.
base::Result<Tick> parsePosition(std::string_view text, const MeterMap& meters);

/// "1|240": quarter notes and ticks.
std::string lengthText(Ticks length, Division division);
/// Reads "1|240", "480" (ticks) and "1/8", "3/16" (parts of a whole note). At least one tick.
base::Result<Ticks> parseLength(std::string_view text, Division division);

/// Reads "E4", "eb4", "F♯3", "C-1" (C4 is 60) and "64". 0..127.
base::Result<int> parsePitch(std::string_view text);

} // namespace continuo::score
