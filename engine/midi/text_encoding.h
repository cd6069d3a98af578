#pragma once

#include <string>
#include <string_view>

namespace continuo::midi {

/// Text of a MIDI file for the screen: as it is where it is UTF-8, else read as Latin-1. The file keeps its own bytes.
std::string toUtf8(std::string_view bytes);

} // namespace continuo::midi
