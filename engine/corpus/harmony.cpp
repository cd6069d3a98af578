#include "engine/corpus/harmony.h"

#include <algorithm>

namespace continuo::corpus {
namespace {

using enum ChordName;

/// Scale degrees (from 0) of root and bass.
struct Shape {
    int root;
    int bass;
    bool seventh;
};

Shape shapeOf(ChordName name) {
    switch (name) {
    case I:
        return {0, 0, false};
    case I6:
        return {0, 2, false};
    case I64:
        return {0, 4, false};
    case ii:
        return {1, 1, false};
    case ii6:
        return {1, 3, false};
    case iii:
        return {2, 2, false};
    case IV:
        return {3, 3, false};
    case IV6:
        return {3, 5, false};
    case V:
        return {4, 4, false};
    case V6:
        return {4, 6, false};
    case V7:
        return {4, 4, true};
    case vi:
        return {5, 5, false};
    case vii6:
        return {6, 1, false};
    }
    return {0, 0, false};
}

struct Step {
    ChordName to;
    int weight;
};

/// Where a chord goes, the usual progressions of common practice (Piston, "Harmony", chapter 3), by weight.
std::vector<Step> stepsFrom(ChordName name, bool minor) {
    switch (name) {
    case I:
        return {{I6, 3},  {IV, 4}, {V, 3}, {vi, 3}, {ii6, 3}, {V6, 3}, {vii6, 2}, {ii, minor ? 0 : 2},
                {iii, 1}, {IV6, 1}};
    case I6:
        return {{IV, 4}, {ii6, 4}, {vii6, 2}, {V, 2}, {I, 2}};
    case I64:
        return {{V, 2}, {V7, 3}};
    case ii:
        return {{V, 4}, {V7, 3}, {vii6, 1}};
    case ii6:
        return {{V, 4}, {V7, 3}};
    case iii:
        return {{vi, 3}, {IV, 3}};
    case IV:
        return {{V, 4}, {I, 2}, {ii6, 1}, {vii6, 2}, {ii, minor ? 0 : 1}, {I6, 2}};
    case IV6:
        return {{V, 3}, {V6, 2}, {I, 1}};
    case V:
        return {{I, 5}, {vi, 2}, {V7, 1}};
    case V6:
        return {{I, 1}};
    case V7:
        return {{I, 4}, {vi, 1}};
    case vi:
        return {{IV, 3}, {ii6, 3}, {ii, minor ? 0 : 3}, {V, 2}};
    case vii6:
        return {{I, 3}, {I6, 3}};
    }
    return {};
}

bool leadsTo(ChordName from, ChordName to, bool minor) {
    const auto steps = stepsFrom(from, minor);
    return std::ranges::any_of(steps, [&](const Step& step) { return step.to == to && step.weight > 0; });
}

ChordName drawStep(ChordName from, bool minor, base::Random& random) {
    const auto steps = stepsFrom(from, minor);
    std::uint64_t total = 0;
    for (const auto& step : steps) total += static_cast<std::uint64_t>(step.weight);
    auto at = random.below(total);
    for (const auto& step : steps) {
        if (at < static_cast<std::uint64_t>(step.weight)) return step.to;
        at -= static_cast<std::uint64_t>(step.weight);
    }
    return steps.front().to;
}

std::vector<ChordName> cadenceChords(Cadence cadence, bool sixFourIsStrong, base::Random& random) {
    const auto prepare = std::array{ii6, IV, ii6, vi}[random.below(4)];
    switch (cadence) {
    case Cadence::Half:
        return {std::array{IV, ii6, I, IV6, vi}[random.below(5)], V};
    case Cadence::Plagal:
        return {std::array{I, I6}[random.below(2)], IV, I};
    case Cadence::Authentic:
        break;
    }
    const auto dominant = random.below(3) == 0 ? V : V7;
    if (sixFourIsStrong && random.below(2) && prepare != vi) return {prepare, I64, dominant, I};
    return {prepare, dominant, I};
}

} // namespace

int Key::degree(int number) const {
    static constexpr std::array<int, 7> kMajor{0, 2, 4, 5, 7, 9, 11};
    static constexpr std::array<int, 7> kMinor{0, 2, 3, 5, 7, 8, 10};
    return (minor ? kMinor : kMajor)[static_cast<std::size_t>(number % 7)];
}

int Key::sharps() const {
    const int major = minor ? (tonic + 3) % 12 : tonic;
    const int fifths = major * 7 % 12;
    return fifths > 6 ? fifths - 12 : fifths;
}

std::vector<int> Chord::pitchClasses() const {
    const auto shape = shapeOf(name);
    std::vector<int> classes;
    for (int step = 0; step < (shape.seventh ? 8 : 6); step += 2) {
        const int number = (shape.root + step) % 7;
        auto pitch = (key.tonic + key.degree(number)) % 12;
        if (isDominant() && number == 6) pitch = key.leadingTone();
        if (majorThird && step == 2) pitch = (key.tonic + 4) % 12;
        classes.push_back(pitch);
    }
    return classes;
}

int Chord::bass() const {
    const auto shape = shapeOf(name);
    const int above = (shape.bass - shape.root + 7) % 7; // 0 root, 2 third, 4 fifth
    return pitchClasses()[static_cast<std::size_t>(above / 2)];
}

std::vector<Chord> planPhrase(Key key, Cadence cadence, const std::vector<bool>& strong, base::Random& random) {
    const auto count = strong.size();
    while (true) {
        const bool sixFourIsStrong = strong[count - 3] && !strong[count - 2];
        const auto tail = cadenceChords(cadence, sixFourIsStrong, random);
        if (tail.size() >= count) continue;
        std::vector<ChordName> names{I};
        while (names.size() + tail.size() < count) names.push_back(drawStep(names.back(), key.minor, random));
        if (!leadsTo(names.back(), tail.front(), key.minor)) continue;
        names.insert(names.end(), tail.begin(), tail.end());
        std::vector<Chord> chords;
        for (const auto name : names) chords.push_back({name, key});
        return chords;
    }
}

} // namespace continuo::corpus
