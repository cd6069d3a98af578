#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <optional>
#include <string>
#include <vector>

namespace continuo::score {

/// Copied music. Times count from the beat line at or before the first note, so that pasting can keep the offset from
/// the grid; they are in the division of the score it comes from.
struct Clip {
    struct Part {
        TrackId from{};
        std::string name;
        bool drums = false;
        int program = 0;
        std::vector<Note> notes; // in NoteOrder
        std::vector<ChannelEvent> events;
        friend bool operator==(const Part&, const Part&) = default;
    };
    Division division;
    std::vector<Part> parts;
    Ticks offset; // of the first note
    Ticks length; // to the bar line at or after the last end, so that a clip pasted behind itself repeats the pattern

    bool isEmpty() const { return parts.empty(); }
    std::size_t noteCount() const;
    friend bool operator==(const Clip&, const Clip&) = default;
};

struct CopySettings {
    /// What the times of the clip count from: the beat, or the bar line, at or before the first note.
    enum class Anchor { Beat, Bar };
    bool withControllers = false; // those of the tracks from the first onset to the last end come along
    Anchor anchor = Anchor::Beat;
};
Clip copyClip(const Score& score, NoteIds ids, const CopySettings& settings = {});

struct PasteSettings {
    enum class Where {
        Track,      // all into `track`
        SameTracks, // each part where it came from, by name and id, else by name; into `track` where there is none
        NewTracks,  // a track for each part
    };
    Where where = Where::Track;
    TrackId track{};
    bool keepOffset = true;      // off: the first note exactly at the place
    bool replaceRange = false;   // notes that begin in the pasted span leave first, in the tracks that get some
    bool withLocks = false;      // off: pasted notes are free
    bool withControllers = true; // those that the clip has
    int semitones = 0;
    std::optional<Scale> fitToScale;            // to its nearest pitches; drums stay
    std::optional<std::vector<int>> fitToChord; // pitch classes, likewise
};

struct PasteResult {
    OperationResult result;
    std::vector<NoteId> notes; // what was pasted, to be selected
    Tick end;                  // where a next paste goes on
};

/// Every pasted thing gets a new id.
PasteResult paste(const Score& score, const Clip& clip, Tick at, const PasteSettings& settings, IdMint& mint);

/// One side of a clip given to notes that are there, in order of onset and over again where the clip is shorter: its
/// keys, its rhythm (from the beat line before the first of them) or its velocities.
enum class PasteOnly { Pitches, Rhythm, Velocities };
OperationResult pasteOnly(const Score& score, NoteIds ids, const Clip& clip, PasteOnly what);

} // namespace continuo::score
