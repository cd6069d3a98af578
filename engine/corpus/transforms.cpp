#include "engine/corpus/transforms.h"

#include <algorithm>

namespace continuo::corpus {

std::pair<int, int> possibleShifts(std::span<const tokens::TokenNote> notes, int lowest, int highest) {
    int lowestPitch = 127;
    int highestPitch = 0;
    for (const auto& note : notes) {
        if (note.drums) continue;
        lowestPitch = std::min<int>(lowestPitch, note.pitch);
        highestPitch = std::max<int>(highestPitch, note.pitch);
    }
    if (lowestPitch > highestPitch) return {std::min(lowest, highest), highest}; // drums only: any shift does nothing
    const int first = std::max(lowest, -lowestPitch);
    return {first, std::max(first, std::min(highest, 127 - highestPitch))};
}

} // namespace continuo::corpus
