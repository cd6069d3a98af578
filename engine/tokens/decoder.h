#pragma once

#include "engine/score/score.h"
#include "engine/tokens/tokenizer.h"

namespace continuo::tokens {

/// The score that rows say. Tempo, metre and velocity are not in rows: 100 quarters a minute, 4/4, velocity 64, one
/// track for each instrument, named after it; drums on channel 10. Corrected: 960 ticks a quarter, ids from 1 in order,
/// rows may lack their beginning, notes of undeclared instruments get a track. Parity modes: 12 ticks a quarter, and
/// midi-lm's refusals. A row that cannot be read is refused by its position, never read out of bounds.
base::Result<score::Score> decode(const Rows& rows, const TokenizerSettings& settings);

} // namespace continuo::tokens
