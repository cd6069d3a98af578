#pragma once

#include <filesystem>

namespace continuo::app {

/// Prints what a MIDI file holds; as JSON, or as a sheet for people. Returns the exit code: 1 where the file is
/// refused.
int inspectMidi(const std::filesystem::path& file, bool json);

} // namespace continuo::app
