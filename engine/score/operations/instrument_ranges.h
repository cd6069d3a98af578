#pragma once

#include "engine/score/operations/operation.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace continuo::score {

/// What the instrument of a General MIDI program can play, in sounding keys.
struct InstrumentRange {
    int program = 0;
    std::string name;
    int lowest = 0, highest = 127;
    int comfortableLowest = 0, comfortableHighest = 127;

    bool holds(int pitch) const { return lowest <= pitch && pitch <= highest; }
    bool isComfortable(int pitch) const { return comfortableLowest <= pitch && pitch <= comfortableHighest; }
};

/// resources/tables/ranges.json, compiled in.
class InstrumentRanges {
public:
    static const InstrumentRanges& standard();
    const InstrumentRange& of(int program) const { return ranges_[static_cast<std::size_t>(program & 127)]; }
    /// "Closed hi-hat"; empty where General MIDI and GS name no drum.
    const std::string& drumName(int key) const;

private:
    InstrumentRanges();
    std::array<InstrumentRange, 128> ranges_;
    std::map<int, std::string> drums_;
};

/// What becomes of notes that another instrument is to play.
struct RangeCheck {
    std::size_t notes = 0;
    std::size_t outside = 0;       // cannot be played
    std::size_t uncomfortable = 0; // can, but not gladly
    /// The move of all by octaves that leaves the fewest outside, the smallest such, and how many it leaves.
    int octaves = 0;
    std::size_t outsideThen = 0;
};
RangeCheck checkRange(const Score& score, NoteIds ids, int program);

struct ReassignSettings {
    int program = 0;
    int bank = -1;            // 0..16383 sets the bank (controllers 0 and 32) before the program; -1 leaves it
    int channel = -1;         // 0..15 moves the track to a channel; -1 leaves it
    int octaves = 0;          // all notes move by so many octaves, as far as the keyboard goes
    bool foldOutside = false; // notes still outside the range move by octaves, each on its own, until they are inside
};
/// Gives a whole track another instrument. Locked notes stay where they are.
OperationResult reassignInstrument(const Score& score, TrackId track, const ReassignSettings& settings, IdMint& mint);

/// Notes outside the range of their track's instrument move by octaves until they are inside. Drums stay.
OperationResult foldIntoRange(const Score& score, NoteIds ids);

} // namespace continuo::score
