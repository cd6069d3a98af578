#pragma once

#include "engine/score/note_id_set.h"
#include "engine/score/score_edit.h"
#include "engine/score/track_operations.h"

#include <array>
#include <cstdint>
#include <vector>

/// What hands do to notes; what a dialog does is in operations/. Each function looks at the score and returns an edit;
/// nothing is changed until it is applied. Notes are named by id; ids that do not exist are passed over, and so are
/// locked notes (lockedAmong tells how many), which only setMark can unlock. A group keeps its shape: where a limit
/// stops one note of it, the whole group stops there.
namespace continuo::score {

/// Adds notes to a track; their ids must be new.
ScoreEdit insertNotes(TrackId track, std::vector<Note> notes);
ScoreEdit removeNotes(const Score& score, NoteIds ids);

/// Moves notes in time and pitch, as far as tick 0 and keys 0..127 allow.
ScoreEdit moveNotes(const Score& score, NoteIds ids, Ticks by, int semitones);
/// Copies of notes, moved; `copies` receives the new ids in the order of `ids`. Copies of locked notes are free.
ScoreEdit copyNotes(const Score& score, NoteIds ids, Ticks by, int semitones, IdMint& mint,
                    std::vector<NoteId>* copies = nullptr);

/// What each key becomes.
using KeyMap = std::array<std::uint8_t, 128>;
/// As moveNotes and copyNotes, each pitch going where `keys` says.
ScoreEdit moveNotes(const Score& score, NoteIds ids, Ticks by, const KeyMap& keys);
ScoreEdit copyNotes(const Score& score, NoteIds ids, Ticks by, const KeyMap& keys, IdMint& mint,
                    std::vector<NoteId>* copies = nullptr);

/// Moves the ends by the same amount; no note becomes shorter than `shortest`.
ScoreEdit resizeEnds(const Score& score, NoteIds ids, Ticks by, Ticks shortest = Ticks{1});
/// Moves the starts by the same amount; the ends stay.
ScoreEdit resizeStarts(const Score& score, NoteIds ids, Ticks by, Ticks shortest = Ticks{1});
/// All ends to one tick, as far as each note allows.
ScoreEdit trimEnds(const Score& score, NoteIds ids, Tick end, Ticks shortest = Ticks{1});

/// Velocities plus `by`, each clamped to 1..127.
ScoreEdit changeVelocity(const Score& score, NoteIds ids, int by);
ScoreEdit setVelocity(const Score& score, NoteIds ids, int velocity);

/// Switches a mark on or off. Of a locked note only the lock.
ScoreEdit setMark(const Score& score, NoteIds ids, NoteMarks mark, bool on);

/// Cuts each note that sounds at `at` in two; the second halves get new ids.
ScoreEdit splitNotes(const Score& score, NoteIds ids, Tick at, IdMint& mint);
/// Joins notes of one pitch and track that follow each other into the first of them, from first onset to last end.
ScoreEdit joinNotes(const Score& score, NoteIds ids);

/// Onsets to multiples of `grid`, by `strength` 0..1 of the way; lengths stay.
ScoreEdit quantizeOnsets(const Score& score, NoteIds ids, Ticks grid, double strength = 1.0);

} // namespace continuo::score
