#pragma once

#include "engine/midi/importer.h"
#include "engine/midi/new_events.h"

#include <vector>

namespace continuo::midi {

/// What happens to one track chunk of the source.
struct ChunkChange {
    std::vector<bool> kept;      // one an event of the chunk
    std::vector<NewEvent> added; // sorted
    std::int64_t endTick = 0;    // asked for; the last event where that is later

    bool isEmpty(const ReadChunk& chunk) const;
};

/// The data of a chunk (without id and length) after the change: kept events byte for byte, only the deltas and running
/// status beside an edit written anew. Opaque bytes up to `end` follow where the chunk had an end event.
base::Bytes rewriteChunk(base::ByteSpan source, const ReadChunk& chunk, std::uint64_t end, const ChunkChange& change);

/// Bytes of a broken chunk that cannot be read, and that rewriteChunk() therefore leaves out.
std::uint64_t unreadableBytes(const ReadChunk& chunk, std::uint64_t end);

/// The data of a chunk that has no source.
base::Bytes writeChunk(std::vector<NewEvent> events, std::int64_t endTick);

} // namespace continuo::midi
