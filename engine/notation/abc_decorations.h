#pragma once

#include "engine/notation/abc_voice.h"
#include "engine/notation/left_out.h"

#include <string_view>

namespace continuo::notation {

/// !name!: dynamics set the velocity; segno, coda, fine, D.C. and D.S. mark the measure; what else would change the
/// sound is counted.
void applyAbcDecoration(std::string_view name, std::uint64_t offset, AbcVoice& voice, LeftOut& left);

/// One of ~ . H L M O P S T u v and the letters for signs of one's own; other signs are counted as unknown.
void applyShortAbcDecoration(char sign, std::uint64_t offset, AbcVoice& voice, LeftOut& left);

} // namespace continuo::notation
