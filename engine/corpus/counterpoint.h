#pragma once

#include "engine/corpus/dataset.h"
#include "engine/corpus/harmony.h"

#include <cstdint>

/// Original four-part pieces: phrases of four bars with cadences, in all major and minor keys, written by rule and
/// chance.
namespace continuo::corpus {

inline constexpr int kCounterpointPieces = 520;

/// The chord that a piece stands on from `at` on.
struct HarmonyMark {
    score::Tick at;
    Chord chord;
    bool endsPhrase = false;
};

struct ComposedPiece {
    score::Score score; // tracks Soprano, Alto, Tenor, Bass
    Key key;
    std::vector<HarmonyMark> harmony;
};

/// Piece number `index` of the set: the same on every machine. Any index gives a piece.
ComposedPiece composePiece(std::uint64_t index);

/// The set: 80 % for training, 10 % for validation, 10 % for testing.
std::vector<Piece> makeCounterpoint();

} // namespace continuo::corpus
