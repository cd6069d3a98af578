#pragma once

#include "engine/corpus/dataset.h"

namespace continuo::corpus {

/// The short original pieces of resources/demo, the same on every machine: "morning-walk" (piano, flute, strings, pad,
/// bass and drums), "chorale" (four voices) and "evening-quartet" (strings), neither of which is in the counterpoint
/// set.
std::vector<Piece> makeDemoPieces();

} // namespace continuo::corpus
