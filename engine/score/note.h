#pragma once

#include "engine/score/ids.h"
#include "engine/score/tick.h"

#include <cstdint>

namespace continuo::score {

/// What a standard MIDI file cannot say of a note; a set of flags.
enum class NoteMarks : std::uint8_t { None = 0, Muted = 1, Locked = 2, FromNet = 4 };
constexpr NoteMarks operator|(NoteMarks a, NoteMarks b) {
    return static_cast<NoteMarks>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
constexpr bool has(NoteMarks marks, NoteMarks mark) {
    return (static_cast<std::uint8_t>(marks) & static_cast<std::uint8_t>(mark)) != 0;
}

struct Note {
    NoteId id{};
    Tick onset;
    Ticks length{480};          // >= 0 in files, > 0 when made by hand
    std::uint8_t pitch = 60;    // MIDI key, 0..127
    std::uint8_t velocity = 80; // 1..127
    std::uint8_t release = 64;  // note-off velocity, 0..127
    NoteMarks marks = NoteMarks::None;
    /// Ticks from where it is written to where it was played, and from the written to the played length: what
    /// reversible quantizing took away and can give back, wherever the note is moved or copied meanwhile. Not part of
    /// MIDI files.
    std::int16_t playedOffset = 0;
    std::int16_t playedLength = 0;

    Tick end() const { return onset + length; }
    TickRange range() const { return {onset, end()}; }
    friend auto operator<=>(const Note&, const Note&) = default;
};

/// The order in which a track keeps its notes: onset, then pitch, then id.
struct NoteOrder {
    bool operator()(const Note& a, const Note& b) const {
        if (a.onset != b.onset) return a.onset < b.onset;
        if (a.pitch != b.pitch) return a.pitch < b.pitch;
        return a.id < b.id;
    }
};

} // namespace continuo::score
