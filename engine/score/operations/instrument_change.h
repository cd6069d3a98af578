#pragma once

#include "engine/score/operations/instrument_ranges.h"

namespace continuo::score {

/// What becomes of notes that the new instrument cannot play.
enum class OutsideNotes {
    Leave,
    Octaves, // all notes move by the octaves that leave the fewest outside
    Fold,    // each note outside moves by octaves on its own
    Revoice, // as Fold, but notes that begin together keep their order from low to high and move little together
};

enum class ChangeScope {
    Track,    // the whole track
    NewTrack, // the named notes go to a track of their own, on a free channel
    FromHere, // program changes before the first of the named notes and behind the last
};

struct InstrumentChange {
    int program = 0; // of a kit where `drums`
    bool drums = false;
    OutsideNotes outside = OutsideNotes::Leave;
    ChangeScope scope = ChangeScope::Track;
};

/// Gives a track, or the named notes of it, another instrument. A melody that becomes drums goes to channel 10, drums
/// that become a melody to a free one. Locked notes keep their pitches and their track.
OperationResult changeInstrument(const Score& score, TrackId track, NoteIds named, const InstrumentChange& change,
                                 IdMint& mint);

/// Pitches for notes given in NoteOrder, as Fold and Revoice give them; a note stays where no octave of it lies inside.
/// `together`: what counts as one chord.
std::vector<int> foldedPitches(const std::vector<Note>& notes, const InstrumentRange& range);
std::vector<int> revoicedPitches(const std::vector<Note>& notes, const InstrumentRange& range, Ticks together);

} // namespace continuo::score
