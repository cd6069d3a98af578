#pragma once

#include "engine/tokens/encoder.h"

/// The two published encodings, slips included, kept apart from the one that is used by default.
namespace continuo::tokens {

/// jeremyjordan/midi-lm at ff95499: raw programs of all tracks, drums as their program, no duplicates removed,
/// end-of-song glued on after truncation. Tracks are split by program as muspy 0.5.0 imports them.
Encoded encodeLikeMidiLm(const score::Score& score, const TokenizerSettings& settings);

/// Dong et al., ICASSP 2023 (salu133445/mmt at 87a8e26): no drums, a set of notes in lexicographic order, first beat 0.
Encoded encodeLikeMmt(const score::Score& score, const TokenizerSettings& settings);

} // namespace continuo::tokens
