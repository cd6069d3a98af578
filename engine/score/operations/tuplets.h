#pragma once

#include "engine/score/operations/operation.h"

namespace continuo::score {

struct TupletSettings {
    enum class Way {
        Divide,  // each note becomes `count` equal ones in its own time; the first keeps the id
        Squeeze, // notes come `count` in the time of plainCountOf(count), from the first onset on
    };
    Way way = Way::Divide;
    int count = 3; // 2..64
};
OperationResult makeTuplets(const Score& score, NoteIds ids, const TupletSettings& settings, IdMint& mint);

} // namespace continuo::score
