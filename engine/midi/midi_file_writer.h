#pragma once

#include "engine/base/files.h"
#include "engine/score/score.h"

#include <filesystem>
#include <string>
#include <vector>

namespace continuo::midi {

/// The score as a standard MIDI file. Where `score.source` is set, everything that was not changed goes back byte for
/// byte at its place: an untouched score gives the source itself, an untouched chunk its own bytes.
base::Bytes write(const score::Score& score);

/// write(), then the durable saver, which reads the result back through our own reader.
base::Status saveFile(const score::Score& score, const std::filesystem::path& path);

/// What a .mid file cannot hold of this score, one plain sentence each ("3 locked notes: locks are not saved").
std::vector<std::string> lostInMidi(const score::Score& score);

} // namespace continuo::midi
