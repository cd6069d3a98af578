#pragma once

#include "engine/base/files.h"
#include "engine/midi/import_report.h"
#include "engine/score/score.h"

#include <filesystem>

namespace continuo::midi {

struct ReadScore {
    score::Score score; // its `source` holds the bytes
    ImportReport report;
    std::size_t noteOns = 0; // note-ons with velocity > 0, closed or not
    double seconds = 0;      // time of the last event of any chunk, end-of-track included
};

/// Reads a standard MIDI file (SMF 1.0; formats 0, 1, 2; metrical or SMPTE; RIFF RMID). No header field sizes an
/// allocation; any input ends in time linear in its length. A refused file is one sentence with a byte offset.
/// Ids are given in file order: reading the same bytes again gives the same ids.
base::Result<ReadScore> read(base::ByteSpan bytes);
base::Result<ReadScore> read(std::shared_ptr<const base::Bytes> bytes);
base::Result<ReadScore> readFile(const std::filesystem::path& path);

} // namespace continuo::midi
