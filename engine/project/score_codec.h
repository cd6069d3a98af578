#pragma once

#include "engine/base/files.h"
#include "engine/score/score_edit.h"

namespace continuo::project {

/// A score without the bytes of its source.
base::Bytes encodeScore(const score::Score& score);
/// FileMalformed for bytes that encodeScore cannot have written and for scores that break a rule of checkScore;
/// Unsupported for those of a newer version.
base::Result<score::Score> decodeScore(base::ByteSpan bytes);

base::Bytes encodeEdit(const score::ScoreEdit& edit);
base::Result<score::ScoreEdit> decodeEdit(base::ByteSpan bytes);

} // namespace continuo::project
