#pragma once

#include "engine/midi/chunk_walker.h"
#include "engine/midi/midi_file_reader.h"

#include <vector>

namespace continuo::midi {

/// What an event of the file became in the score; the writer asks this to know which bytes still stand for something.
enum class Role : std::uint8_t {
    Kept,
    NoteOn,
    NoteOff,
    Channel,
    Tempo,
    Meter,
    Key,
    Scale,
    Chord,
    Marker,
    Ramp,
    Name,
    Port,
    EndOfTrack
};

struct ReadEvent {
    RawEvent raw;
    Role role = Role::Kept;
    std::uint64_t id = 0; // of the note or event, 0 for the rest
};

/// A track chunk with all its events; `opaque` is where bytes begin that were not read as events.
struct ReadChunk {
    std::vector<ReadEvent> events;
    std::uint64_t opaque = 0;
};

struct DetailedRead {
    ReadScore result;
    Container container;
    std::vector<ReadChunk> chunks; // one a track chunk, in order
};

/// Reads bytes into a score; with `detailed`, every event's fate as well (more memory, for the writer).
base::Result<DetailedRead> importBytes(std::shared_ptr<const base::Bytes> bytes, bool detailed);

} // namespace continuo::midi
