#pragma once

#include "engine/midi/import_report.h"
#include "engine/score/score.h"

#include <vector>

namespace continuo::midi {

/// A note-off that found no note in its own chunk; it may belong to a note of another.
struct OrphanEnd {
    int channel = 0, pitch = 0;
    std::int64_t tick = 0;
    std::uint64_t offset = 0;
    std::uint8_t release = 64;
};

/// A note whose own chunk never closed it.
struct OpenNote {
    int channel = 0, pitch = 0;
    std::size_t track = 0, note = 0; // indices in the score
    std::int64_t chunkEnd = 0;
    std::uint64_t offset = 0;
};

/// Note-offs of other chunks end notes left open, the earliest fitting first; the rest ends with its chunk. Each is in
/// the report.
void closeOpenNotes(score::Score& score, const std::vector<OrphanEnd>& orphans, std::vector<OpenNote> open,
                    ImportReport& report);

} // namespace continuo::midi
