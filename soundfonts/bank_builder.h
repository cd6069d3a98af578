#pragma once

#include "soundfonts/soundfont_writer.h"

namespace continuo::soundfonts {

/// The whole General MIDI bank: 128 programs and a drum kit. The same bytes on every run.
Bank buildBank();

} // namespace continuo::soundfonts
