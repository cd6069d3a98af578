#pragma once

#include "engine/midi/midi_file_reader.h"

#include <cstdint>
#include <string>

namespace continuo::notation {

struct NotationOptions {
    /// Repeats, endings, da capo and dal segno are played out; else each measure is played once, in the order written.
    bool playRepeats = false;
};

/// A piece read from notation: the score, and everything that notation says and the score does not, as lines of the
/// report. `read.score.source` is null: the file is no MIDI file.
struct NotationRead {
    std::string format; // "musicxml" or "abc"
    std::string title;
    std::int64_t number = 0; // of an ABC tune: its X:
    midi::ReadScore read;
};

} // namespace continuo::notation
