#pragma once

#include "engine/midi/chunk_writer.h"

#include <vector>

namespace continuo::midi {

/// What became of each track chunk of the source, and of chunks that the source does not have.
struct SourceDiff {
    std::vector<ChunkChange> chunks;
    std::vector<bool> removed; // chunks whose tracks were all deleted
    std::vector<std::vector<NewEvent>> newChunks;
};

/// Compares the score with what was read from its source, by id.
SourceDiff compareWithSource(const score::Score& score, const DetailedRead& source);

} // namespace continuo::midi
