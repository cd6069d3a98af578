#pragma once

#include "engine/score/operations/operation.h"
#include "engine/score/operations/scale.h"

#include <vector>

namespace continuo::score {

enum class Select {
    SamePitch,      // the keys that the `like` notes have
    SamePitchClass, // in any octave
    SameVelocity,   // no farther than `velocityBand` from one of theirs
    ShorterThan,    // than `length`
    LongerThan,
    OutOfScale, // of `scale`; drums have none
    EveryNth,   // of each track in order of time, the first included; notes that begin together count as one
    ChordTops,  // the highest of notes that begin together in a track, single notes left out
    ChordBottoms,
    FromNet,
    Muted,
    Locked,
    Overlaps, // notes of one key of a track that sound at once
};

struct SelectSettings {
    Select what = Select::SamePitch;
    int velocityBand = 8;
    Ticks length{120};
    Scale scale;
    int nth = 2;
};

/// Ids of the notes of `among` that are such, in the order of the score; `like` are the notes that the first three
/// compare with.
std::vector<NoteId> selectNotes(const Score& score, NoteIds among, NoteIds like, const SelectSettings& settings);

} // namespace continuo::score
