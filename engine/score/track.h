#pragma once

#include "engine/score/channel_event.h"
#include "engine/score/note.h"

#include <string>
#include <vector>

namespace continuo::score {

/// What is said once of a track. A track is one (chunk, port, channel) of a file.
struct TrackHeader {
    TrackId id{};
    std::string name;          // UTF-8 for the screen; the file keeps its own bytes while it is not changed
    int chunk = 0;             // index of the file chunk that it goes back into
    std::uint8_t port = 0;
    std::uint8_t channel = 0;  // 0..15
    bool drums = false;

    friend bool operator==(const TrackHeader&, const TrackHeader&) = default;
};

struct Track : TrackHeader {
    std::vector<Note> notes;          // in NoteOrder
    std::vector<ChannelEvent> events; // in EventOrder

    const TrackHeader& header() const { return *this; }
    friend bool operator==(const Track&, const Track&) = default;
};

} // namespace continuo::score
