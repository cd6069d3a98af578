#pragma once

#include "engine/score/score.h"
#include "engine/tokens/tokenizer.h"

namespace continuo::tokens {

/// The score that rows say. Tempo and metre are not in rows: 100 quarters a minute, 4/4; nor, but in `structured`, is
/// velocity: 64. `mmt`: one track for each instrument, named after it, drums on channel 10; `tpd` and `structured`: one
/// track of program 1. Corrected: 960 ticks a quarter, ids from 1 in order, rows may lack their beginning, padding is
/// passed over, notes of undeclared instruments get a track. Parity modes: 12 ticks a quarter, and midi-lm's refusals
/// and cuts. A row that cannot be read is refused by its position, never read out of bounds.
base::Result<score::Score> decode(const Rows& rows, const TokenizerSettings& settings);

} // namespace continuo::tokens
