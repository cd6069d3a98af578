#pragma once

#include "engine/score/score.h"

#include <optional>
#include <vector>

namespace continuo::analysis {

/// How many onsets (drums aside) lie within a forty-eighth of a quarter note of the halves, thirds and quarters of the
/// piece's own beats: near 1 where music was written, a quarter where it was played to no click. Nothing where there
/// are fewer than thirty.
std::optional<double> gridShare(const score::Score& score);

/// Whether the piece was recorded without its beats: one tempo throughout, and its onsets do not heed it, nor a grid
/// that lies beside it.
bool isWithoutBeats(const score::Score& score);

/// Times in seconds of the beats of a performance, ascending, from before its first note to behind its last: the
/// likeliest ones for a player who keeps about his tempo (50 to 200 beats a minute), plays on beats more often than on
/// halves, thirds and quarters of them, and louder, longer and deeper there. A semi-Markov chain over beats, as in
/// Ellis, "Beat Tracking by Dynamic Programming", J. New Music Research 36, 2007, with onset profiles after Temperley,
/// "Music and Probability", MIT Press 2007, chapter 3. Empty where there are fewer than eight onsets.
std::vector<double> findBeats(const score::Score& score);

/// The piece with a quarter note from each of `beats` to the next and a tempo for each, so that it sounds as before:
/// 480 ticks a quarter; what lies outside of the beats goes on in their first and last tempo. Metres, which counted
/// other beats, are left out. At least two beats, ascending.
score::Score onBeats(score::Score score, const std::vector<double>& beats);

} // namespace continuo::analysis
