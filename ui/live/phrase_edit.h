#pragma once

#include "engine/score/score_edit.h"
#include "ui/live/phrase_capture.h"

namespace continuo::ui {

/// Where a moment of playing falls in the score: `time` on the players' clock is `at`, and the tempo map does the rest.
struct TimeAnchor {
    double time = 0;
    score::Tick at;

    score::Tick tickAt(double moment, const score::TempoMap& tempos) const;
};

/// The phrase as notes and events of `track`, as one edit; a piece without that track gets a piano track for them.
/// Lengths are at least one tick. The piece reaches the end of the phrase.
score::ScoreEdit phraseEdit(const Phrase& phrase, const TimeAnchor& anchor, const score::Score& score,
                            score::TrackId track, score::IdMint& mint);

/// The bar line where an answer to the phrase starts: a last note that reaches over a bar line by less than a quarter
/// of a beat does not cost a bar.
score::Tick answerStart(score::Tick phraseEnd, const score::MeterMap& meters);

} // namespace continuo::ui
