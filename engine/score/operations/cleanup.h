#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

/// Notes of one key of a track that sound at once, which MIDI cannot tell apart: the earlier ends where the later
/// begins; of those that begin together the longest stays. Where the earlier may not change (locked, or not selected)
/// the later begins when it ends. What is left over then is told by `check`.
OperationResult removeOverlaps(const Score& score, NoteIds ids);

/// Notes of one key of a track whose onsets are at most `near` apart become one: a locked one stays, else the longest,
/// of those the loudest.
OperationResult removeDuplicates(const Score& score, NoteIds ids, Ticks near = Ticks{0});

/// Notes of one key that follow each other with a gap of at most `gap` become one, which keeps the first note's id.
OperationResult glueNotes(const Score& score, NoteIds ids, Ticks gap = Ticks{0});

enum class TinyNotes { Remove, Lengthen };
/// Notes shorter than `shortestMs` go, or get that length.
OperationResult mendTinyNotes(const Score& score, NoteIds ids, double shortestMs = 20,
                              TinyNotes way = TinyNotes::Remove);

/// Notes without velocity, which a receiver takes for a note-off, get velocity 1.
OperationResult mendZeroVelocity(const Score& score, NoteIds ids);

/// A sustain pedal (controller 64) still down at the end of the tracks of these notes goes up at their last note's end.
OperationResult repairPedals(const Score& score, NoteIds ids, IdMint& mint);

struct CleanSettings {
    bool zeroVelocity = true;
    bool tinyNotes = true;
    double shortestMs = 20;
    bool duplicates = true;
    bool overlaps = true;
    bool pedals = true;
    bool range = false; // notes outside the range of their instrument move by octaves
};
/// All of the above as one edit, until nothing is left to mend: cleaning twice is cleaning once.
OperationResult clean(const Score& score, NoteIds ids, const CleanSettings& settings, IdMint& mint);

} // namespace continuo::score
