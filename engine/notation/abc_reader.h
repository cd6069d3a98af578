#pragma once

#include "engine/notation/abc_book.h"
#include "engine/notation/notation_read.h"

#include <optional>

namespace continuo::notation {

/// Reads one tune of a book (ABC standard 2.1, abcnotation.com, 2011): one track a voice; L, M, K with modes, Q;
/// chords, tuplets, broken rhythm, ties, overlays, accidentals that hold for their measure; repeats and numbered
/// endings;
/// %%MIDI program, channel, transpose. Offsets of the report are bytes of the book. Bounded by notation_limits.h.
base::Result<NotationRead> readAbcTune(const AbcBook& book, const AbcTuneText& tune,
                                       const NotationOptions& options = {});

/// The tune whose X: is `number`, without one the first; the report says how many others there are.
base::Result<NotationRead> readAbc(base::ByteSpan bytes, const NotationOptions& options = {},
                                   std::optional<std::int64_t> number = std::nullopt);

} // namespace continuo::notation
