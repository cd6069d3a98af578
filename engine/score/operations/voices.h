#pragma once

#include "engine/score/note.h"
#include "engine/score/tick.h"

#include <cstddef>
#include <vector>

namespace continuo::score {

/// Deals notes, given in NoteOrder, to at most `most` voices, 0 the highest: notes that begin together keep their
/// order, a voice goes on to the nearest key, and sounds one note at a time as long as there are voices enough.
/// `together` is how long a note may still sound when its voice goes on.
std::vector<std::size_t> dealtToVoices(const std::vector<Note>& notes, std::size_t most, Ticks together);

/// Which notes, given in NoteOrder, a right hand would play: the line between the hands moves as little as it can while
/// neither has to reach more than an octave (Viterbi's algorithm over the place of the line).
std::vector<bool> playedByRightHand(const std::vector<Note>& notes, Ticks together);

} // namespace continuo::score
