#include "engine/score/operations/chord_table.h"

#include "engine/base/json.h"
#include "engine/base/text.h"
#include "engine/score/operations/scale.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>

extern const char* const kContinuoChordsJson;

namespace continuo::score {
namespace {

struct Spelled {
    int pitchClass = 0;
    std::size_t length = 0; // bytes
};

/// "E♭…", "Eb…", "C♯…", "C#…", "G…"
std::optional<Spelled> spelledRoot(std::string_view text) {
    constexpr std::array kLetters{9, 11, 0, 2, 4, 5, 7}; // A to G
    if (text.empty() || text[0] < 'A' || text[0] > 'G') return std::nullopt;
    Spelled root{kLetters[static_cast<std::size_t>(text[0] - 'A')], 1};
    const std::array<std::pair<std::string_view, int>, 4> accidentals{{{"♯", 1}, {"#", 1}, {"♭", 11}, {"b", 11}}};
    for (const auto& [sign, by] : accidentals)
        if (text.substr(1).starts_with(sign)) return Spelled{(root.pitchClass + by) % 12, 1 + sign.size()};
    return root;
}

int pitchClassOf(int pitch) { return ((pitch % 12) + 12) % 12; }

unsigned maskOf(std::span<const int> tones, int root = 0) {
    unsigned mask = 0;
    for (const int tone : tones) mask |= 1u << pitchClassOf(tone + root);
    return mask;
}

/// How long each pitch class sounds in a range, and the lowest key that sounds for a good part of it.
struct Sounding {
    std::array<double, 12> ticks{};
    double total = 0;
    int bass = 128;
};

/// Share of the sound that is in the chord, less what the chord has and hardly sounds (a passing note is no tone of it). A chord on the bass is favoured
/// a little: of the names of one set of tones it is the usual one.
double fit(const Sounding& sounding, const ChordTable::Kind& kind, int root) {
    double inside = 0, missing = 0;
    for (const int tone : kind.tones) {
        const double ticks = sounding.ticks[static_cast<std::size_t>((root + tone) % 12)];
        inside += ticks;
        if (ticks < 0.05 * sounding.total) missing += tone == 7 ? 0.08 : 0.2;
    }
    const double size = 0.015 * static_cast<double>(kind.tones.size());
    return inside / sounding.total - missing - size + (sounding.bass % 12 == root ? 0.05 : 0);
}

std::optional<ChordSpan> chordOf(const Sounding& sounding, TickRange range) {
    if (sounding.total <= 0) return std::nullopt;
    const auto& table = ChordTable::standard();
    double best = 0.5; // less than that is no chord
    ChordSpan span{range, {}, -1};
    for (const auto& kind : table.kinds())
        for (int root = 0; root < 12; ++root)
            if (const double score = fit(sounding, kind, root); score > best + 1e-9) {
                best = score;
                span.chord = table.chord(kind, root);
                span.share = 0;
                for (const int tone : kind.tones)
                    span.share += sounding.ticks[static_cast<std::size_t>((root + tone) % 12)] / sounding.total;
            }
    if (span.share < 0) return std::nullopt;
    const int bass = sounding.bass % 12;
    const auto classes = span.chord.pitchClasses();
    if (bass != span.chord.root && std::ranges::find(classes, bass) != classes.end()) span.chord.bass = bass;
    return span;
}

void hear(Sounding& sounding, const Note& note, TickRange range) {
    const auto from = std::max(note.onset, range.start), to = std::min(note.end(), range.end);
    if (!(from < to)) return;
    const auto ticks = static_cast<double>((to - from).count);
    sounding.ticks[note.pitch % 12] += ticks;
    sounding.total += ticks;
    if (ticks * 4 >= static_cast<double>(range.length().count))
        sounding.bass = std::min<int>(sounding.bass, note.pitch);
}

} // namespace

std::string Chord::name(bool flats) const {
    const auto& table = ScaleTable::standard();
    return table.rootName(root, flats) + suffix + (bass ? "/" + table.rootName(*bass, flats) : std::string());
}

std::vector<int> Chord::pitchClasses() const {
    std::vector<int> classes;
    for (const int tone : tones) classes.push_back((root + tone) % 12);
    if (bass && std::ranges::find(classes, *bass) == classes.end()) classes.push_back(*bass);
    return classes;
}

const ChordTable& ChordTable::standard() {
    static const ChordTable table;
    return table;
}

// The text is compiled in and a test reads it: a fault in it is ours, not the user's.
ChordTable::ChordTable() {
    const auto json = base::parseJson(kContinuoChordsJson);
    assert(json);
    for (const auto& entry : (*json)["chords"])
        kinds_.push_back(
            {entry["name"], entry["suffixes"].get<std::vector<std::string>>(), entry["tones"].get<std::vector<int>>()});
}

base::Result<Chord> ChordTable::parse(std::string_view name) const {
    const auto unknown = [&] {
        return base::failure(base::ErrorCode::WrongArgument,
                             "\"" + base::shown(name, 40) +
                                 "\" is no chord known here; write a root and a kind, as "
                                 "Cm7, F♯sus4 or B♭maj9/D");
    };
    const auto text = base::trimmed(name);
    const auto root = spelledRoot(text);
    if (!root) return unknown();
    const auto rest = text.substr(root->length);
    const auto withSuffix = [&](std::string_view suffix) -> std::optional<Chord> {
        for (const auto& kind : kinds_)
            if (std::ranges::find(kind.suffixes, suffix) != kind.suffixes.end()) return chord(kind, root->pitchClass);
        return std::nullopt;
    };
    if (auto whole = withSuffix(rest)) return *whole;
    const auto slash = rest.rfind('/');
    if (slash == std::string_view::npos) return unknown();
    auto upper = withSuffix(rest.substr(0, slash));
    const auto bass = spelledRoot(rest.substr(slash + 1));
    if (!upper || !bass || bass->length != rest.size() - slash - 1) return unknown();
    if (bass->pitchClass != upper->root) upper->bass = bass->pitchClass;
    return *upper;
}

std::optional<Chord> ChordTable::detect(std::span<const int> pitches) const {
    if (pitches.empty()) return std::nullopt;
    const auto sounding = maskOf(pitches);
    const int bass = pitchClassOf(*std::ranges::min_element(pitches));
    std::optional<Chord> best;
    int bestRank = INT32_MAX;
    for (std::size_t i = 0; i < kinds_.size(); ++i)
        for (int root = 0; root < 12; ++root) {
            const auto whole = maskOf(kinds_[i].tones, root);
            const bool exact = whole == sounding;
            const bool withoutFifth = kinds_[i].tones.size() >= 4 && whole == (sounding | 1u << ((root + 7) % 12)) &&
                                      (sounding >> root & 1) != 0;
            if (!exact && !withoutFifth) continue;
            const int rank = (root == bass ? 0 : 1000) + (exact ? 0 : 400) + static_cast<int>(i);
            if (rank >= bestRank) continue;
            bestRank = rank;
            best = chord(kinds_[i], root);
            if (root != bass) best->bass = bass;
        }
    return best;
}

std::vector<ChordSpan> detectChords(const Score& score, TickRange range, const Grid& grid) {
    const GridLines lines(grid, score.meterMap(), score.division);
    std::vector<TickRange> steps;
    for (auto at = std::max(range.start, Tick{0}); at < range.end;) {
        const auto next = std::min(range.end, lines.next(at).at);
        steps.push_back({at, next});
        at = next;
    }
    std::vector<Sounding> heard(steps.size());
    const auto startsAfter = [](Tick tick, const TickRange& step) { return tick < step.start; };
    for (const auto& track : score.tracks) {
        if (track.drums) continue;
        for (const auto& note : track.notes) {
            if (note.end() <= range.start || range.end <= note.onset) continue;
            auto step =
                std::upper_bound(steps.begin(), steps.end(), std::max(note.onset, steps.front().start), startsAfter) -
                1;
            for (; step != steps.end() && step->start < note.end(); ++step)
                hear(heard[static_cast<std::size_t>(step - steps.begin())], note, *step);
        }
    }
    std::vector<ChordSpan> chords;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto span = chordOf(heard[i], steps[i]);
        if (!span) continue;
        if (!chords.empty() && chords.back().chord == span->chord && chords.back().range.end == span->range.start) {
            auto& last = chords.back();
            const auto before = static_cast<double>(last.range.length().count),
                       now = static_cast<double>(span->range.length().count);
            last.share = (last.share * before + span->share * now) / (before + now);
            last.range.end = span->range.end;
        } else {
            chords.push_back(std::move(*span));
        }
    }
    return chords;
}

} // namespace continuo::score
