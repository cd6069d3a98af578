#pragma once

#include "engine/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace continuo::score {

/// What a piece of a kit looks like, roughly: for small signs beside its name.
enum class DrumSign { Kick, Snare, Rim, Tom, Closed, Open, Cymbal, Bell, Hand };

struct DrumPiece {
    int key = 36;
    std::string shortName; // "Hat open"; where the full name has no room
    DrumSign sign = DrumSign::Hand;
    int choke = 0; // pieces of one number cut each other off; 0: none does
};

/// A drum kit in the order of its rows, from the bottom up.
class DrumKit {
public:
    /// General MIDI Level 1 and what GS adds (resources/tables/drum_kit.json, compiled in).
    static const DrumKit& standard();
    static base::Result<DrumKit> read(std::string_view json);

    const std::vector<DrumPiece>& pieces() const { return pieces_; }
    /// Null for keys without a piece.
    const DrumPiece* piece(int key) const;
    /// "Closed hi-hat"; "Key 12" where there is no piece.
    std::string name(int key) const;
    /// Whether two different keys cut each other off.
    bool choke(int key, int other) const;

private:
    std::vector<DrumPiece> pieces_;
};

} // namespace continuo::score
