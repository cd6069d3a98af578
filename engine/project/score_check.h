#pragma once

#include "engine/base/result.h"
#include "engine/score/score_edit.h"

namespace continuo::project {

/// The rules that every score in memory obeys: ranges of MIDI, lists in order, ids given once and never 0. For scores
/// out of files that anybody may have made. FileMalformed names the first rule that is broken.
base::Status checkScore(const score::Score& score);

/// Carries out an edit that anybody may have made: refused, with the score unchanged, where something it takes away is
/// not there or the outcome would break a rule.
base::Status applyChecked(const score::ScoreEdit& edit, score::Score& score);

} // namespace continuo::project
