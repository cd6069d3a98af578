#include "engine/score/operations/chords.h"
#include "engine/score/operations/mirror.h"
#include "engine/score/operations/time_flags.h"
#include "engine/score/operations/transpose.h"
#include "ui/operations/operation_fields.h"

#include <algorithm>
#include <array>

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

constexpr std::array kRoots{"C", "C♯ D♭", "D", "D♯ E♭", "E", "F", "F♯ G♭", "G", "G♯ A♭", "A", "A♯ B♭", "B"};

OperationField root() { return choice("Root", {kRoots.begin(), kRoots.end()}); }

OperationField scaleKind() {
    std::vector<const char*> names;
    for (const auto& kind : score::ScaleTable::standard().kinds()) names.push_back(kind.name.c_str());
    return choice("Scale", std::move(names));
}

score::Scale scaleOf(double root, double kind) {
    return score::ScaleTable::standard().kinds()[static_cast<std::size_t>(kind)].on(whole(root));
}

OperationField chordKind() {
    std::vector<const char*> names;
    for (const auto& kind : score::ChordTable::standard().kinds()) names.push_back(kind.name.c_str());
    return choice("Chord", std::move(names));
}

auto steps(int by) {
    return [by](const Context& c, const Values&) { return score::transposeInScale(c.score, c.notes, c.scale, by); };
}

auto inversion(int by) {
    return [by](const Context& c, const Values&) { return score::invertChords(c.score, c.notes, by); };
}

score::OperationResult runHarmonize(const Context& c, const Values& v) {
    const auto& table = score::ChordTable::standard();
    return score::harmonize(c.score, c.notes, table.chord(table.kinds()[static_cast<std::size_t>(v[0])], 0), c.mint);
}

score::OperationResult runInvert(const Context& c, const Values& v) {
    score::InvertSettings settings;
    if (isOn(v[0])) settings.scale = c.scale;
    return score::invert(c.score, c.notes, settings);
}

} // namespace

std::vector<Operation> pitchOperations() {
    return {
        {"transpose",
         "Pitch",
         "Transpose",
         "By semitones.",
         false,
         {number("By", 12, -48, 48, 1, "semitones")},
         [](const Context& c, const Values& v) { return score::transpose(c.score, c.notes, whole(v[0])); }},
        {"scaleUp", "Pitch", "Up a scale step", "By a step of the key in force.", true, {}, steps(1)},
        {"scaleDown", "Pitch", "Down a scale step", "By a step of the key in force.", true, {}, steps(-1)},
        {"rescale",
         "Pitch",
         "To another key",
         "Each step of the key in force becomes that step of another.",
         false,
         {root(), scaleKind()},
         [](const Context& c, const Values& v) {
             return score::rescale(c.score, c.notes, c.scale, scaleOf(v[0], v[1]));
         }},
        {"snapToScale",
         "Pitch",
         "Onto a scale",
         "Pitches outside go to the nearest inside.",
         false,
         {root(), scaleKind(), choice("Way", {"Nearest", "Up", "Down"})},
         [](const Context& c, const Values& v) {
             return score::snapToScale(c.score, c.notes, scaleOf(v[0], v[1]),
                                       static_cast<score::PitchSnap>(whole(v[2])));
         }},
        {"invert", "Pitch", "Invert", "Upside down about the middle.", true, {onOff("In the scale", true)}, runInvert},
        {"inversionUp",
         "Pitch",
         "Chord inversion up",
         "The lowest key of each chord goes above the highest.",
         true,
         {},
         inversion(1)},
        {"inversionDown",
         "Pitch",
         "Chord inversion down",
         "The highest key of each chord goes below the lowest.",
         true,
         {},
         inversion(-1)},
        {"voicing",
         "Pitch",
         "Chord voicing",
         "How chords are laid out over the octaves.",
         false,
         {choice("Voicing", {"Close", "Drop 2", "Drop 3", "Drop 2 and 4", "Spread"}, 1)},
         [](const Context& c, const Values& v) {
             return score::voiceChords(c.score, c.notes, static_cast<score::Voicing>(whole(v[0])));
         }},
        {"leadVoices",
         "Pitch",
         "Lead the voices",
         "Each chord takes the inversion nearest to the one before.",
         false,
         {},
         [](const Context& c, const Values&) { return score::leadVoices(c.score, c.notes); }},
        {"harmonize",
         "Pitch",
         "Chords on notes",
         "Each note becomes the lowest of a chord.",
         false,
         {chordKind()},
         runHarmonize},
        {"toChordRow",
         "Pitch",
         "To the chords of the row",
         "Each note goes to the nearest tone of the chord symbol that holds where it begins.",
         false,
         {},
         [](const Context& c, const Values&) { return score::snapToChordSymbols(c.score, c.notes); }},
    };
}

} // namespace continuo::ui::field
