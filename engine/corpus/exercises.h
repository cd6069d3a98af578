#pragma once

#include "engine/corpus/dataset.h"

namespace continuo::corpus {

/// For each pitch 60..71 eight eighth notes, as midi-lm makes them; half for training, half for validation.
std::vector<Piece> makeEighthNotes();

/// Twelve major and twelve natural minor scales, an octave up and down in quarter notes; 20 for training, 4 for
/// validation.
std::vector<Piece> makeScales();

} // namespace continuo::corpus
