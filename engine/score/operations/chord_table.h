#pragma once

#include "engine/base/result.h"
#include "engine/score/operations/grid.h"
#include "engine/score/score.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace continuo::score {

/// A chord by name, without octaves.
struct Chord {
    int root = 0;                    // pitch class, 0 is C
    std::vector<int> tones{0, 4, 7}; // semitones over the root, ascending from 0, below 12
    std::string suffix;              // what follows the root in its name: "", "m7", "sus4"
    std::optional<int> bass;         // pitch class, where it is not the root

    /// "E♭m7/B♭"
    std::string name(bool flats = false) const;
    std::vector<int> pitchClasses() const;
    friend bool operator==(const Chord&, const Chord&) = default;
};

/// Kinds of chords by name (resources/tables/chords.json, compiled in).
class ChordTable {
public:
    struct Kind {
        std::string name;                  // "minor seventh"
        std::vector<std::string> suffixes; // the first is the one shown
        std::vector<int> tones;
    };

    static const ChordTable& standard();
    const std::vector<Kind>& kinds() const { return kinds_; }
    Chord chord(const Kind& kind, int root) const { return {root, kind.tones, kind.suffixes.front(), {}}; }

    /// Reads "Cm7", "F#sus4", "B♭maj9/D", "C6/9".
    base::Result<Chord> parse(std::string_view name) const;
    /// Names pitches that sound together, the lowest being the bass; a fifth may be missing from chords of four and
    /// more tones. Nothing where no kind has just these tones.
    std::optional<Chord> detect(std::span<const int> pitches) const;

private:
    ChordTable();
    std::vector<Kind> kinds_;
};

struct ChordSpan {
    TickRange range;
    Chord chord;
    double share = 0; // of what sounds there, the part that belongs to the chord, 0..1
};

/// The harmony of a range as the chord row shows it: one chord a step of `grid` (a beat, a bar), chosen by how long its
/// tones sound; equal neighbours are joined, silence has none. Drum tracks do not count.
std::vector<ChordSpan> detectChords(const Score& score, TickRange range, const Grid& grid);

} // namespace continuo::score
