#pragma once

#include "engine/score/score.h"

#include <cstdint>
#include <vector>

/// A piece as MusPy 0.5.0 imports it from MIDI (Dong, Chen, McAuley and Berg-Kirkpatrick, "MusPy: A Toolkit for
/// Symbolic Music Generation", ISMIR 2020): what the published encoders read and the published measures count.
namespace continuo::score {

/// A note of a score, wherever it went.
struct SourceNote {
    std::uint32_t track = 0; // index in Score::tracks
    NoteId note{};
    friend bool operator==(const SourceNote&, const SourceNote&) = default;
};

struct MuspyNote {
    std::int64_t onset = 0; // ticks of the file
    std::int64_t end = 0;
    int pitch = 0;
    int velocity = 0;
    SourceNote source; // none where it was read from a file
};

/// One (program, channel) of a chunk, with its notes by (onset, pitch, duration, velocity).
struct MuspyTrack {
    int program = 0;
    bool drums = false;
    std::vector<MuspyNote> notes;
    std::int64_t end = 0; // of the last note or controller
};

struct MuspyScore {
    std::int64_t resolution = 12;   // ticks a quarter
    std::vector<MuspyTrack> tracks; // in order of their first closed note or controller
    std::int64_t end = 0;           // of the last track, tempo, key, metre or lyric
};

/// Puts the notes of a track in the order MusPy gives them.
void sortLikeMuspy(std::vector<MuspyNote>& notes);

/// What MusPy would have read: tracks split by (program, channel) in each chunk, a note belonging to the program in
/// force at its end; a controller alone makes a track, and so does the last program of a channel that has notes. Exact
/// but for what a score does not keep of its file: lyrics, whether a program change came before or behind a note-off of
/// the same tick (before is assumed), notes left open, and controllers where they were dropped.
/// midi::importLikeMuspy reads the file itself.
MuspyScore muspyScore(const Score& score);

/// The same at another resolution, as MusPy's adjust_resolution() rounds it: half to even after a product with a
/// floating factor, whose errors are part of the reference. The order of notes stays: rounding keeps that of onsets.
MuspyScore atResolution(MuspyScore score, std::int64_t resolution);

/// Whether they differ in nothing but where their notes come from.
bool isSameMusic(const MuspyScore& a, const MuspyScore& b);

} // namespace continuo::score
