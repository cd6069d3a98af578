#pragma once

#include "engine/notation/abc_voice.h"

#include <memory>

namespace continuo::notation {

struct AbcTempo {
    Fraction at;
    double quartersAMinute = 120;
};
struct AbcKeyChange {
    const AbcVoice* voice = nullptr; // null: of the tune
    Fraction at;
    AbcKey key;
    int transposition = 0;
};

/// Voices that were read, as a written piece: the measures are those of the longest voice (of equals the first), and
/// what the others hold goes where it falls in time. Voices without notes are left out unless all are.
NotatedPiece pieceOfVoices(const std::vector<std::unique_ptr<AbcVoice>>& voices, const std::vector<AbcTempo>& tempos,
                           const std::vector<AbcKeyChange>& keys);

} // namespace continuo::notation
