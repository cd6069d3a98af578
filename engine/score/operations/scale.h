#pragma once

#include "engine/base/result.h"
#include "engine/score/score.h"

#include <string>
#include <string_view>
#include <vector>

namespace continuo::score {

/// A scale on a root: pitches that repeat every octave.
struct Scale {
    int root = 0;                                 // pitch class, 0 is C
    std::vector<int> steps{0, 2, 4, 5, 7, 9, 11}; // semitones over the root, ascending, the first 0, all below 12

    /// A pitch as a step of the scale: steps count on through all octaves, from the root at or below key 0; a pitch
    /// between two steps is the lower one, raised.
    struct Step {
        int index = 0;
        int alteration = 0; // semitones
    };
    Step stepOf(int pitch) const;
    /// May lie outside 0..127.
    int pitchOf(Step step) const;

    bool contains(int pitch) const { return stepOf(pitch).alteration == 0; }
    /// The pitch of the scale nearest to `pitch`; of two equally near the lower.
    int nearest(int pitch) const;
    int size() const { return static_cast<int>(steps.size()); }
    friend bool operator==(const Scale&, const Scale&) = default;
};

/// Major or natural minor on the key's tonic.
Scale scaleOf(const KeyEvent& key);
Scale scaleOf(const ScaleEvent& scale);
/// What the last key or scale at or before `at` says, the scale where both stand there; C major where there is none.
Scale scaleAt(const Score& score, Tick at);

struct ScaleKind {
    std::string name;
    std::vector<std::string> aliases;
    std::vector<int> steps;

    Scale on(int root) const { return {((root % 12) + 12) % 12, steps}; }
};

/// Scales by name (resources/tables/scales.json, compiled in) and the names of roots.
class ScaleTable {
public:
    static const ScaleTable& standard();

    const std::vector<ScaleKind>& kinds() const { return kinds_; }
    /// By name or alias, in any case; null where there is none.
    const ScaleKind* find(std::string_view name) const;
    /// "D♯" or "E♭". `root` is 0..11.
    const std::string& rootName(int root, bool flats = false) const;
    /// Adds the scales of a user's file, which has the form of the standard one; a scale of a known name replaces it.
    base::Status add(std::string_view json);

private:
    std::vector<ScaleKind> kinds_;
    std::vector<std::vector<std::string>> roots_;
};

} // namespace continuo::score
