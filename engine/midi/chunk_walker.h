#pragma once

#include "engine/midi/event_scanner.h"

#include <vector>

namespace continuo::midi {

/// One chunk: `offset` is that of its id, [begin, end) its data as far as it is believed.
struct Chunk {
    std::uint64_t offset = 0;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool isTrack = false;
};

/// A file taken apart down to its chunks. Everything between and around them is kept by offset.
struct Container {
    std::uint64_t header = 0; // of "MThd"
    std::uint64_t headerEnd = 0;
    std::uint64_t smfEnd = 0; // one past the standard MIDI file: the end of the data chunk inside a RIFF
    bool isRiff = false;
    std::uint64_t riffDataSize = 0; // offset of the length field of the "data" chunk
    int format = 1;
    int declaredTracks = 0;
    score::Division division;
    std::vector<Chunk> chunks; // in file order; tracks and unknown ones
};

/// Finds header and chunks; repairs lengths as the events themselves say. Refuses with a sentence and a byte offset.
base::Result<Container> walkChunks(base::ByteSpan bytes, ImportReport& report);

} // namespace continuo::midi
