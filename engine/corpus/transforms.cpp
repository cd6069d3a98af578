#include "engine/corpus/transforms.h"

#include <algorithm>

namespace continuo::corpus {
namespace {

struct Pitches {
    int lowest = 127, highest = 0;
    void add(int pitch) {
        lowest = std::min(lowest, pitch);
        highest = std::max(highest, pitch);
    }
};

std::pair<int, int> shiftsOf(const Pitches& pitches, int lowest, int highest) {
    if (pitches.lowest > pitches.highest) return {std::min(lowest, highest), highest}; // drums only: it does nothing
    const int first = std::max(lowest, -pitches.lowest);
    return {first, std::max(first, std::min(highest, 127 - pitches.highest))};
}

} // namespace

std::pair<int, int> possibleShifts(std::span<const tokens::TokenNote> notes, int lowest, int highest) {
    Pitches pitches;
    for (const auto& note : notes)
        if (!note.drums) pitches.add(note.pitch);
    return shiftsOf(pitches, lowest, highest);
}

std::pair<int, int> possibleShifts(const score::MuspyScore& score, int lowest, int highest) {
    Pitches pitches;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (!track.drums) pitches.add(note.pitch);
    return shiftsOf(pitches, lowest, highest);
}

} // namespace continuo::corpus
