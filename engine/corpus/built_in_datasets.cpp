#include "engine/corpus/counterpoint.h"
#include "engine/corpus/dataset.h"
#include "engine/corpus/exercises.h"

#include <array>

namespace continuo::corpus {

std::span<const BuiltInDataset> builtInDatasets() {
    static constexpr std::array kSets{
        BuiltInDataset{"eighth-notes", "12 pieces of one repeated note; a net learns them in seconds", makeEighthNotes},
        BuiltInDataset{"scales", "24 scales, major and natural minor", makeScales},
        BuiltInDataset{"counterpoint",
                       "520 four-part pieces in all keys, made by rule and chance; good for a first net",
                       makeCounterpoint},
    };
    return kSets;
}

} // namespace continuo::corpus
