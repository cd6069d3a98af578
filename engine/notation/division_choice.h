#pragma once

#include "engine/notation/notated_piece.h"

namespace continuo::notation {

struct DivisionChoice {
    std::int64_t ticksPerQuarter = 960;
    bool exact = true; // every time of the piece is a whole number of ticks
};

/// A division of a standard MIDI file (1..32767) in which all times of the piece are whole, a multiple of 960 where
/// there is one; else 20,160 = 2^6·3^2·5·7, to which times must be rounded.
DivisionChoice chooseDivision(const NotatedPiece& piece);

} // namespace continuo::notation
