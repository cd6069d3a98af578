#include "engine/corpus/ornaments.h"

#include <algorithm>
#include <cstdlib>

namespace continuo::corpus {
namespace {

constexpr std::size_t kBass = 3;
constexpr std::array<double, kVoices> kVoiceActivity{1.0, 0.75, 0.75, 0.9};
constexpr std::array<double, kVoices> kTieChance{0.25, 0.6, 0.6, 0.25};

/// One decoration of one voice: pitches for some units in a row.
struct Ornament {
    std::size_t voice = 0;
    std::size_t first = 0;              // unit
    std::vector<int> pitches;           // one for each unit
    std::vector<bool> struck;           // one for each unit
    std::vector<bool> foreign;          // not of the chord, one for each unit
    std::size_t strikeAfter = SIZE_MAX; // a unit that is struck because of it
};

class Decorator {
public:
    Decorator(const WrittenPhrase& phrase, double activity, base::Random& random)
        : phrase_(phrase), activity_(activity), random_(random) {
        setChords();
    }

    PhraseGrid run() {
        for (std::size_t slot = 0; slot + 1 < phrase_.chords.size(); ++slot) {
            std::array<std::size_t, kVoices> voices{0, 1, 2, 3};
            random_.shuffle(std::span<std::size_t>(voices));
            int placed = 0;
            for (const auto voice : voices)
                if (placed < 3 && random_.uniform() < activity_ * kVoiceActivity[voice])
                    placed += decorate(slot, voice);
        }
        return std::move(grid_);
    }

private:
    void setChords() {
        for (std::size_t slot = 0; slot < phrase_.chords.size(); ++slot)
            for (auto unit = phrase_.starts[slot]; unit < phrase_.starts[slot + 1]; ++unit) {
                grid_.sounding.push_back(phrase_.voicings[slot]);
                grid_.struck.push_back({});
                foreign_.push_back({});
                if (unit == phrase_.starts[slot]) grid_.struck.back() = strikes(slot);
            }
    }

    /// Every voice of the first and the last chord; elsewhere a repeated pitch may be held.
    std::array<bool, kVoices> strikes(std::size_t slot) {
        std::array<bool, kVoices> struck{true, true, true, true};
        if (slot == 0 || slot + 1 == phrase_.chords.size()) return struck;
        for (std::size_t voice = 0; voice < kVoices; ++voice)
            struck[voice] = at(slot, voice) != at(slot - 1, voice) || random_.uniform() > kTieChance[voice];
        return struck;
    }

    int at(std::size_t slot, std::size_t voice) const { return phrase_.voicings[slot][voice]; }
    std::size_t length(std::size_t slot) const { return phrase_.starts[slot + 1] - phrase_.starts[slot]; }

    bool isActive(std::size_t slot, std::size_t voice) const {
        const auto& chord = phrase_.chords[slot];
        const int pitchClass = at(slot, voice) % 12;
        return chord.isDominant() && (pitchClass == chord.key.leadingTone() || pitchClass == chord.seventh());
    }

    bool decorate(std::size_t slot, std::size_t voice) {
        const int move = at(slot + 1, voice) - at(slot, voice);
        if (length(slot) >= 4 && !isActive(slot, voice) && !isTouched(slot, voice) && place(excursion(slot, voice)))
            return true;
        if ((move == -1 || move == -2) && place(suspension(slot, voice))) return true;
        if (isActive(slot, voice) || length(slot) < 2 || isTouched(slot, voice)) return false;
        if (move == 0) return place(neighbour(slot, voice, random_.below(2) ? 1 : -1));
        if (std::abs(move) == 3 || std::abs(move) == 4) return place(passing(slot, voice));
        if (std::abs(move) == 5 && length(slot) >= 3) return place(passingTwice(slot, voice));
        return false;
    }

    bool isTouched(std::size_t slot, std::size_t voice) const {
        for (auto unit = phrase_.starts[slot]; unit < phrase_.starts[slot + 1]; ++unit)
            if (grid_.sounding[unit][voice] != at(slot, voice)) return true;
        return false;
    }

    /// The scale around `slot`: natural, with the raised seventh, and the raised sixth below it, where the dominant
    /// rules.
    bool isInScale(std::size_t slot, int pitch) const {
        const auto& chord = phrase_.chords[slot];
        const int above = ((pitch - chord.key.tonic) % 12 + 12) % 12;
        if (chord.key.minor && chord.isDominant()) {
            if (above == 11 || above == 9) return true;
            if (above == 10) return false;
        }
        for (int number = 0; number < 7; ++number)
            if (chord.key.degree(number) == above) return true;
        return false;
    }

    /// A note of the scale a step from both, or -1.
    int between(std::size_t slot, int from, int to) const {
        const int direction = to > from ? 1 : -1;
        const bool toLeadingTone = to % 12 == phrase_.chords[slot].key.leadingTone();
        for (int step = 1; step <= 2; ++step) {
            const int pitch = from + direction * step;
            const int rest = std::abs(to - pitch);
            const bool raisedSixth = toLeadingTone && direction > 0 && rest == 2;
            if (rest >= 1 && rest <= 2 && (isInScale(slot, pitch) || raisedSixth)) return pitch;
        }
        return -1;
    }

    Ornament passing(std::size_t slot, std::size_t voice) {
        const int pitch = between(slot, at(slot, voice), at(slot + 1, voice));
        if (pitch < 0) return {};
        const auto units = length(slot) >= 4 && random_.below(5) < 3 ? length(slot) / 2 - length(slot) / 6 : 1;
        Ornament ornament{voice, phrase_.starts[slot + 1] - units, {}, {}, {}};
        add(ornament, pitch, units, true, true);
        ornament.strikeAfter = phrase_.starts[slot + 1];
        return ornament;
    }

    Ornament passingTwice(std::size_t slot, std::size_t voice) {
        const int from = at(slot, voice), to = at(slot + 1, voice);
        const int direction = to > from ? 1 : -1;
        for (int step = 1; step <= 2; ++step) {
            const int first = from + direction * step;
            const int second = isInScale(slot, first) ? between(slot, first, to) : -1;
            if (second < 0) continue;
            Ornament ornament{voice, phrase_.starts[slot + 1] - 2, {}, {}, {}};
            add(ornament, first, 1, true, true);
            add(ornament, second, 1, true, true);
            ornament.strikeAfter = phrase_.starts[slot + 1];
            return ornament;
        }
        return {};
    }

    Ornament neighbour(std::size_t slot, std::size_t voice, int direction) {
        const int from = at(slot, voice);
        int pitch = from + direction;
        if (!isInScale(slot, pitch)) pitch += direction;
        if (!isInScale(slot, pitch)) return {};
        const auto units = length(slot);
        Ornament ornament{voice, phrase_.starts[slot] + (units == 2 ? 1 : units / 2), {}, {}, {}};
        add(ornament, pitch, 1, true, true);
        if (units > 2) add(ornament, from, 1, true, false);
        ornament.strikeAfter = phrase_.starts[slot] + units;
        return ornament;
    }

    /// By step to another tone of the chord, a third away, and by step on to the next chord: a line of eighth notes.
    Ornament excursion(std::size_t slot, std::size_t voice) {
        const int from = at(slot, voice), next = at(slot + 1, voice);
        const auto classes = phrase_.chords[slot].pitchClasses();
        const int direction = random_.below(2) ? 1 : -1;
        for (const int third : {3, 4}) {
            const int aim = from + direction * third;
            const int rest = std::abs(next - aim);
            if (std::ranges::find(classes, aim % 12) == classes.end() || rest < 1 || rest > 4) continue;
            const int there = between(slot, from, aim);
            const int onward = rest > 2 ? between(slot, aim, next) : aim;
            if (there < 0 || onward < 0 || doublesActiveTone(phrase_.starts[slot], aim)) continue;
            Ornament ornament{voice, phrase_.starts[slot + 1] - 3, {}, {}, {}};
            add(ornament, there, 1, true, true);
            add(ornament, aim, 1, true, false);
            add(ornament, onward, 1, onward != aim, onward != aim);
            ornament.strikeAfter = phrase_.starts[slot + 1];
            return ornament;
        }
        return {};
    }

    /// The old pitch is held into the next chord and falls by step (Fux, "Gradus ad Parnassum", fourth species).
    Ornament suspension(std::size_t slot, std::size_t voice) {
        const auto next = slot + 1;
        const int held = at(slot, voice), resolution = at(next, voice);
        const auto units = length(next);
        if (voice == kBass || units < 2 || isTouched(slot, voice) || isTouched(next, voice)) return {};
        const int overBass = (held - at(next, kBass)) % 12;
        const bool dissonant = overBass == 1 || overBass == 2 || overBass == 5 || overBass == 10 || overBass == 11;
        for (std::size_t other = 0; other < kBass; ++other)
            if (other != voice && at(next, other) % 12 == resolution % 12) return {};
        if (!dissonant) return {};
        const auto hold = units == 3 ? 1 : units / 2;
        Ornament ornament{voice, phrase_.starts[next], {}, {}, {}};
        add(ornament, held, hold, false, true);
        ornament.strikeAfter = phrase_.starts[next] + hold;
        return ornament;
    }

    static void add(Ornament& ornament, int pitch, std::size_t units, bool struck, bool foreign) {
        for (std::size_t i = 0; i < units; ++i) {
            ornament.pitches.push_back(pitch);
            ornament.struck.push_back(struck && i == 0);
            ornament.foreign.push_back(foreign);
        }
    }

    bool place(const Ornament& ornament) {
        if (ornament.pitches.empty()) return false;
        const auto range = kVoiceRanges[ornament.voice];
        for (const int pitch : ornament.pitches)
            if (pitch < range.lowest || pitch > range.highest) return false;
        const auto savedGrid = grid_;
        const auto savedForeign = foreign_;
        const auto voice = ornament.voice;
        for (std::size_t i = 0; i < ornament.pitches.size(); ++i) {
            const auto unit = ornament.first + i;
            grid_.sounding[unit][voice] = ornament.pitches[i];
            grid_.struck[unit][voice] = ornament.struck[i];
            foreign_[unit][voice] = ornament.foreign[i];
        }
        if (ornament.strikeAfter < grid_.struck.size()) grid_.struck[ornament.strikeAfter][voice] = true;
        if (isLegal(ornament.first, ornament.first + ornament.pitches.size())) return true;
        grid_ = savedGrid;
        foreign_ = savedForeign;
        return false;
    }

    /// Whether a foreign note doubles the leading tone or the seventh of the chord below it.
    bool doublesActiveTone(std::size_t unit, int pitch) const {
        const auto after = std::ranges::upper_bound(phrase_.starts, unit) - phrase_.starts.begin();
        const auto& chord = phrase_.chords[static_cast<std::size_t>(after - 1)];
        return chord.isDominant() && (pitch % 12 == chord.key.leadingTone() || pitch % 12 == chord.seventh());
    }

    /// Units in first..last and how they are entered and left.
    bool isLegal(std::size_t first, std::size_t last) const {
        for (auto unit = first; unit < last; ++unit)
            if (!isOrdered(grid_.sounding[unit]) || !soundsWell(unit)) return false;
        for (auto unit = std::max<std::size_t>(first, 1); unit <= last && unit < grid_.sounding.size(); ++unit)
            if (!isFreeOfParallels(grid_.sounding[unit - 1], grid_.sounding[unit])) return false;
        return true;
    }

    /// Foreign notes clash with no neighbour by a semitone and move in thirds and sixths with each other.
    bool soundsWell(std::size_t unit) const {
        for (std::size_t a = 0; a < kVoices; ++a) {
            if (foreign_[unit][a] && doublesActiveTone(unit, grid_.sounding[unit][a])) return false;
            for (std::size_t b = 0; b < kVoices; ++b) {
                if (a == b || !foreign_[unit][a]) continue;
                const int distance = std::abs(grid_.sounding[unit][a] - grid_.sounding[unit][b]);
                if (distance == 1 || distance == 13) return false;
                const int interval = distance % 12;
                const bool together = interval == 3 || interval == 4 || interval == 8 || interval == 9;
                if (foreign_[unit][b] && !together) return false;
            }
        }
        return true;
    }

    const WrittenPhrase& phrase_;
    double activity_;
    base::Random& random_;
    PhraseGrid grid_;
    std::vector<std::array<bool, kVoices>> foreign_;
};

} // namespace

PhraseGrid ornament(const WrittenPhrase& phrase, double activity, base::Random& random) {
    return Decorator(phrase, activity, random).run();
}

} // namespace continuo::corpus
