#include "engine/corpus/part_writing.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <memory>

namespace continuo::corpus {
namespace {

enum Voice : std::size_t { kSoprano, kAlto, kTenor, kBass };

constexpr std::size_t kBeam = 12;
constexpr std::array<int, kVoices> kLargestLeap{9, 7, 7, 12};

int classOf(int pitch) { return pitch % 12; }

/// Each tone of the chord is there (the fifth of a root position may be missing), active tones only once.
bool isComplete(const Voicing& voicing, const Chord& chord, const std::vector<int>& classes) {
    std::array<int, 12> count{};
    for (const int pitch : voicing) ++count[static_cast<std::size_t>(classOf(pitch))];
    const auto times = [&](int pitchClass) { return count[static_cast<std::size_t>(pitchClass)]; };
    if (chord.isDominant() && times(chord.key.leadingTone()) > 1) return false;
    if (chord.seventh() >= 0 && times(chord.seventh()) != 1) return false;
    if (chord.name == ChordName::I64 && times(classes[2]) < 2) return false;
    const bool fifthMayMiss = chord.name == ChordName::V7 || chord.name == ChordName::I;
    return times(classes[0]) > 0 && times(classes[1]) > 0 &&
           (times(classes[2]) > 0 || (fifthMayMiss && times(classes[1]) < 2));
}

std::vector<int> pitchesIn(VoiceRange range, const std::vector<int>& classes) {
    std::vector<int> pitches;
    for (int pitch = range.lowest; pitch <= range.highest; ++pitch)
        if (std::ranges::find(classes, classOf(pitch)) != classes.end()) pitches.push_back(pitch);
    return pitches;
}

/// All voicings with upper voices at most an octave apart and the tenor at most a twelfth above the bass.
std::vector<Voicing> voicingsOf(const Chord& chord) {
    const auto classes = chord.pitchClasses();
    const auto sopranos = pitchesIn(kVoiceRanges[kSoprano], classes);
    const auto altos = pitchesIn(kVoiceRanges[kAlto], classes);
    const auto tenors = pitchesIn(kVoiceRanges[kTenor], classes);
    std::vector<Voicing> voicings;
    for (const int bass : pitchesIn(kVoiceRanges[kBass], {chord.bass()}))
        for (const int tenor : tenors) {
            if (tenor <= bass || tenor - bass > 19) continue;
            for (const int alto : altos) {
                if (alto <= tenor || alto - tenor > 12) continue;
                for (const int soprano : sopranos) {
                    if (soprano <= alto || soprano - alto > 12) continue;
                    const Voicing voicing{soprano, alto, tenor, bass};
                    if (isComplete(voicing, chord, classes)) voicings.push_back(voicing);
                }
            }
        }
    return voicings;
}

/// Voicings by name of chord, made once for a key.
class VoicingTable {
public:
    const std::vector<Voicing>& of(const Chord& chord) {
        for (const auto& [known, voicings] : entries_)
            if (known == chord) return *voicings;
        entries_.emplace_back(chord, std::make_unique<std::vector<Voicing>>(voicingsOf(chord)));
        return *entries_.back().second;
    }

private:
    std::vector<std::pair<Chord, std::unique_ptr<std::vector<Voicing>>>> entries_;
};

bool isAwkward(int from, int to, const Key& key) {
    const int leap = std::abs(to - from);
    if (leap == 6 || leap == 10 || leap == 11) return true;
    const int sixth = (key.tonic + key.degree(5)) % 12;
    const bool augmentedSecond = leap == 3 && ((classOf(from) == sixth && classOf(to) == key.leadingTone()) ||
                                               (classOf(to) == sixth && classOf(from) == key.leadingTone()));
    return key.minor && augmentedSecond;
}

/// Leading tones rise, or stay while the dominant does; sevenths fall by step.
bool activeTonesResolve(const Voicing& from, const Voicing& to, const Chord& chord, const Chord& next) {
    if (!chord.isDominant()) return true;
    for (std::size_t voice = 0; voice < kVoices; ++voice) {
        const int move = to[voice] - from[voice];
        if (classOf(from[voice]) == chord.key.leadingTone() && move != (next.isDominant() ? 0 : 1)) return false;
        if (chord.seventh() >= 0 && classOf(from[voice]) == chord.seventh() && (move > -1 || move < -2)) return false;
    }
    return true;
}

bool movesWell(const Voicing& from, const Voicing& to, const Key& key) {
    int upward = 0, downward = 0;
    for (std::size_t voice = 0; voice < kVoices; ++voice) {
        const int move = to[voice] - from[voice];
        if (std::abs(move) > kLargestLeap[voice] || isAwkward(from[voice], to[voice], key)) return false;
        upward += move > 0;
        downward += move < 0;
        // Overlap: a voice must not pass the place its neighbour has just left.
        if (voice > 0 && (to[voice] > from[voice - 1] || to[voice - 1] < from[voice])) return false;
    }
    return upward < 4 && downward < 4;
}

/// A perfect interval between the outer voices, reached in the same direction by a leap of the soprano.
bool isHiddenOctaveOrFifth(const Voicing& from, const Voicing& to) {
    const int soprano = to[kSoprano] - from[kSoprano], bass = to[kBass] - from[kBass];
    const int interval = (to[kSoprano] - to[kBass]) % 12;
    return soprano * bass > 0 && std::abs(soprano) > 2 && (interval == 0 || interval == 7);
}

double moveCost(const Voicing& from, const Voicing& to) {
    double cost = 0;
    for (const auto voice : {kAlto, kTenor}) cost += 0.5 * std::abs(to[voice] - from[voice]);
    const int soprano = std::abs(to[kSoprano] - from[kSoprano]);
    const int bass = std::abs(to[kBass] - from[kBass]);
    cost += soprano == 0 ? 1.5 : soprano <= 2 ? 0.0 : 0.4 * soprano;
    cost += bass == 0 ? 1.5 : 0.2 * bass;
    return cost;
}

double placeCost(const Voicing& voicing, double contour) {
    double cost = 0.7 * std::abs(voicing[kSoprano] - contour);
    for (std::size_t voice = 1; voice < kVoices; ++voice) {
        const auto& range = kVoiceRanges[voice];
        cost += 0.08 * std::abs(voicing[voice] - (range.lowest + range.highest) / 2.0);
    }
    return cost;
}

struct Path {
    std::vector<Voicing> voicings;
    double cost = 0;
};

void keepBest(std::vector<Path>& paths, std::size_t count) {
    const auto better = [](const Path& a, const Path& b) { return a.cost < b.cost; };
    if (paths.size() > count) {
        std::ranges::nth_element(paths, paths.begin() + static_cast<std::ptrdiff_t>(count), better);
        paths.resize(count);
    }
    std::ranges::sort(paths, better);
}

struct Candidate {
    std::size_t path;
    const Voicing* voicing;
    double cost;
};

} // namespace

bool isFreeOfParallels(const Voicing& from, const Voicing& to) {
    for (std::size_t upper = 0; upper < kVoices; ++upper)
        for (std::size_t lower = upper + 1; lower < kVoices; ++lower) {
            if (from[upper] == to[upper] || from[lower] == to[lower]) continue;
            const int before = (from[upper] - from[lower]) % 12, after = (to[upper] - to[lower]) % 12;
            if (before == after && (after == 0 || after == 7)) return false;
        }
    return true;
}

bool isOrdered(const Voicing& voicing) {
    return voicing[kSoprano] > voicing[kAlto] && voicing[kAlto] > voicing[kTenor] && voicing[kTenor] > voicing[kBass];
}

std::optional<std::vector<Voicing>> writeParts(const PhrasePlan& plan, const std::optional<Voicing>& before,
                                               const std::function<bool(std::span<const Voicing>)>& accepts,
                                               base::Random& random) {
    VoicingTable table;
    std::vector<Path> paths;
    for (const auto& voicing : table.of(plan.chords[0])) {
        if (before && !isFreeOfParallels(*before, voicing)) continue;
        paths.push_back({{voicing}, placeCost(voicing, plan.contour[0]) + 3 * random.uniform()});
    }
    keepBest(paths, kBeam);
    for (std::size_t i = 1; i < plan.chords.size(); ++i) {
        const auto& chord = plan.chords[i];
        const auto& voicings = table.of(chord);
        std::vector<Candidate> candidates;
        for (std::size_t p = 0; p < paths.size(); ++p) {
            const auto& last = paths[p].voicings.back();
            for (const auto& voicing : voicings) {
                if (!movesWell(last, voicing, chord.key) || !isFreeOfParallels(last, voicing)) continue;
                if (!activeTonesResolve(last, voicing, plan.chords[i - 1], chord) ||
                    isHiddenOctaveOrFifth(last, voicing))
                    continue;
                const double cost =
                    moveCost(last, voicing) + placeCost(voicing, plan.contour[i]) + 2 * random.uniform();
                candidates.push_back({p, &voicing, paths[p].cost + cost});
            }
        }
        const auto kept = std::min(candidates.size(), i + 1 < plan.chords.size() ? kBeam : 4 * kBeam);
        std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(kept), {},
                                  &Candidate::cost);
        std::vector<Path> next;
        for (std::size_t k = 0; k < kept; ++k) {
            next.push_back({paths[candidates[k].path].voicings, candidates[k].cost});
            next.back().voicings.push_back(*candidates[k].voicing);
        }
        paths = std::move(next);
    }
    for (auto& path : paths)
        if (accepts(path.voicings)) return std::move(path.voicings);
    return std::nullopt;
}

} // namespace continuo::corpus
