#include "engine/score/operations/echo.h"
#include "engine/score/operations/humanize.h"
#include "engine/score/operations/lengths.h"
#include "engine/score/operations/mirror.h"
#include "engine/score/operations/quantize.h"
#include "engine/score/operations/stretch.h"
#include "engine/score/operations/tuplets.h"
#include "ui/operations/operation_fields.h"

#include <array>

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

score::OperationResult runQuantize(const Context& c, const Values& v) {
    score::QuantizeSettings settings;
    settings.grid = gridOf(v[0], c);
    if (v[2] != 50) settings.grid.swing = part(v[2]); // else the swing that the grid of the roll has
    settings.strength = part(v[1]);
    settings.catchRange = part(v[3]) / 2;
    settings.starts = isOn(v[4]);
    settings.ends = isOn(v[5]);
    settings.lengths = isOn(v[6]);
    settings.iterative = isOn(v[7]);
    settings.reversible = isOn(v[8]);
    return score::quantize(c.score, c.notes, settings);
}

score::OperationResult runHumanize(const Context& c, const Values& v) {
    return score::humanize(c.score, c.notes,
                           {.timingMs = v[0],
                            .velocity = v[1],
                            .lengthPart = part(v[2]),
                            .chordCorrelation = part(v[3]),
                            .keepFirstBeat = isOn(v[4]),
                            .seed = static_cast<std::uint64_t>(v[5])});
}

score::OperationResult runLegato(const Context& c, const Values& v) {
    return score::legato(c.score, c.notes,
                         {.percent = v[0],
                          .overlap = {whole(v[1])},
                          .next = v[2] == 0 ? score::NextNote::Selected : score::NextNote::InTrack});
}

score::OperationResult runLengths(const Context& c, const Values& v) {
    using Rule = score::LengthSettings::Rule;
    constexpr std::array rules{Rule::ToGrid, Rule::Scaled, Rule::ToNext};
    score::LengthSettings settings{.rule = rules[static_cast<std::size_t>(v[0])]};
    settings.factor = part(v[1]);
    settings.grid = gridOf(v[2], c);
    return score::setLengths(c.score, c.notes, settings);
}

score::OperationResult runTuplets(const Context& c, const Values& v) {
    using Way = score::TupletSettings::Way;
    return score::makeTuplets(c.score, c.notes, {.way = v[1] == 0 ? Way::Divide : Way::Squeeze, .count = whole(v[0])},
                              c.mint);
}

score::OperationResult runEcho(const Context& c, const Values& v) {
    return score::echo(
        c.score, c.notes,
        {.delay = gridOf(v[0], c), .repeats = whole(v[1]), .decay = part(v[2]), .semitones = whole(v[3])}, c.mint);
}

} // namespace

std::vector<Operation> divideOperations() {
    static constexpr std::array ids{"tuplet3", "tuplet4", "tuplet5", "tuplet6", "tuplet7", "tuplet8", "tuplet9"};
    static constexpr std::array names{"Into 3", "Into 4", "Into 5", "Into 6", "Into 7", "Into 8", "Into 9"};
    std::vector<Operation> rows;
    for (std::size_t i = 0; i < ids.size(); ++i)
        rows.push_back({ids[i],
                        "Divide",
                        names[i],
                        "Equal notes in the time of each note.",
                        true,
                        {},
                        [count = static_cast<int>(i) + 3](const Context& c, const Values&) {
                            return score::makeTuplets(c.score, c.notes, {.count = count}, c.mint);
                        }});
    return rows;
}

std::vector<Operation> timeOperations() {
    return {
        {"quantize",
         "Time",
         "Quantize",
         "Notes go to the lines of a grid, all the way or part of it.",
         true,
         {grid(), percent("Strength", 100), number("Swing", 50, 50, 75, 1, "%"), percent("Catch range", 100),
          onOff("Starts", true), onOff("Ends", false), onOff("Lengths", false), onOff("Go on from here", false),
          onOff("Keep what was played", true)},
         runQuantize},
        {"unquantize",
         "Time",
         "Give back what was played",
         "Quantized notes return to where they were played.",
         false,
         {},
         [](const Context& c, const Values&) { return score::unquantize(c.score, c.notes); }},
        {"humanize",
         "Time",
         "Humanize",
         "Times, velocities and lengths stray as a player's do.",
         true,
         {number("Timing", 8, 0, 60, 1, "ms"), number("Velocity", 6, 0, 40), percent("Length", 4),
          percent("Chords together", 70), onOff("Keep the first beat", true), seed()},
         runHumanize},
        {"legato",
         "Time",
         "Legato",
         "Each note lasts until the next one begins.",
         true,
         {percent("Of the way", 100, 200), number("Overlap", 0, -240, 240, 1, "ticks"),
          choice("Next", {"Selected note", "Note of the track"})},
         runLegato},
        {"staccato",
         "Time",
         "Staccato",
         "Each note lasts a part of the way to the next one.",
         true,
         {percent("Of the way", 50, 100), number("Overlap", 0, -240, 240, 1, "ticks"),
          choice("Next", {"Selected note", "Note of the track"})},
         runLegato},
        {"lengths",
         "Time",
         "Lengths",
         "Lengths to the grid, in proportion, or to the next note.",
         false,
         {choice("Rule", {"To the grid", "In proportion", "To the next note"}),
          number("Proportion", 50, 1, 400, 1, "%"), grid()},
         runLengths},
        {"stretch",
         "Time",
         "Stretch",
         "The selection takes more or less time from its first note on.",
         false,
         {number("Time", 200, 10, 800, 1, "%"), onOff("Lengths too", true)},
         [](const Context& c, const Values& v) {
             return score::stretch(c.score, c.notes, {.percent = v[0], .pivot = {}, .lengths = isOn(v[1])});
         }},
        {"halfTime",
         "Time",
         "Half as fast",
         "Everything takes twice the time.",
         false,
         {},
         [](const Context& c, const Values&) { return score::stretch(c.score, c.notes, {.percent = 200}); }},
        {"doubleTime",
         "Time",
         "Twice as fast",
         "Everything takes half the time.",
         false,
         {},
         [](const Context& c, const Values&) { return score::stretch(c.score, c.notes, {.percent = 50}); }},
        {"fitBars",
         "Time",
         "Fit to bars",
         "What filled its bars fills so many of them.",
         false,
         {number("Bars", 4, 1, 64)},
         [](const Context& c, const Values& v) { return score::stretchToBars(c.score, c.notes, whole(v[0])); }},
        {"reverse",
         "Time",
         "Reverse",
         "The last note comes first.",
         true,
         {choice("What", {"Time", "Pitches only"})},
         [](const Context& c, const Values& v) {
             return score::reverse(c.score, c.notes,
                                   v[0] == 0 ? score::ReverseWhat::Time : score::ReverseWhat::Pitches);
         }},
        {"tuplets",
         "Time",
         "Tuplets",
         "So many notes in the time of the plain ones.",
         false,
         {number("Notes", 3, 2, 16), choice("Way", {"Divide each note", "Squeeze the notes"})},
         runTuplets},
        {"echo",
         "Time",
         "Echo",
         "Softer repeats behind each note.",
         false,
         {grid("Delay", 2), number("Repeats", 3, 1, 16), percent("Each as loud", 65),
          number("Each higher by", 0, -12, 12, 1, "semitones")},
         runEcho},
    };
}

} // namespace continuo::ui::field
