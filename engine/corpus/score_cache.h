#pragma once

#include "engine/base/files.h"
#include "engine/corpus/dataset.h"

#include <span>

namespace continuo::corpus {

/// The pieces as bytes of the format that score_cache.md describes.
base::Bytes writeScoreCache(std::span<const Piece> pieces);

/// Reads them back; ids are given anew, in order. Damaged, foreign or newer bytes are refused with a sentence.
base::Result<std::vector<Piece>> readScoreCache(base::ByteSpan bytes);

} // namespace continuo::corpus
