#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/fit_tempo.h"
#include "engine/score/operations/time_range.h"
#include "ui/operations/operation_fields.h"

#include <array>
#include <cmath>

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

constexpr std::array kCrossings{score::Crossing::Extend, score::Crossing::Split, score::Crossing::Keep};

score::Crossing crossingOf(double value) { return kCrossings[static_cast<std::size_t>(value)]; }

/// So many bars, beats or quarter notes from the insert cursor on.
score::Ticks lengthOf(const Context& c, double count, double unit) {
    const auto meters = c.score.meterMap();
    if (unit == 0) {
        const auto bar = meters.positionAt(c.cursor).bar;
        const auto whole = static_cast<std::int64_t>(count);
        const auto bars = meters.barStart(bar + whole) - meters.barStart(bar);
        const auto rest =
            (count - static_cast<double>(whole)) * static_cast<double>(meters.barLengthAt(c.cursor).count);
        return bars + score::Ticks{std::llround(rest)};
    }
    const auto beat = unit == 1 ? meters.beatLengthAt(c.cursor) : score::Ticks{c.score.division.quarter()};
    return {std::llround(count * static_cast<double>(beat.count))};
}

OperationField crossing() {
    return choice("Notes across it", {"Last on through it", "Are cut in two", "Keep their length"});
}

} // namespace

std::vector<Operation> timeRangeOperations() {
    return {
        {"insertTime",
         "Bars and time",
         "Insert time",
         "Room at the insert cursor: everything behind it, in all tracks, comes later.",
         false,
         {number("Length", 1, 0.25, 999, 1, "", 2), choice("Of", {"Bars", "Beats", "Quarter notes"}), crossing()},
         [](const Context& c, const Values& v) {
             return score::insertTime(c.score, c.cursor, lengthOf(c, v[0], v[1]), crossingOf(v[2]), c.mint);
         },
         /*isOfTime=*/true},
        {"fitTempo",
         "Bars and time",
         "Fit the tempo to the notes",
         "The selected notes are beats: bars and tempo are laid under them, and everything sounds as before.",
         false,
         {},
         [](const Context& c, const Values&) {
             if (c.range.isEmpty()) return score::OperationResult{};
             return score::fitTempo(c.score, c.notes, c.mint).value_or(score::OperationResult{});
         },
         /*isOfTime=*/true},
        {"deleteTime",
         "Bars and time",
         "Delete time",
         "Takes the selected time, or that of the selected notes, out of all tracks.",
         true,
         {crossing()},
         [](const Context& c, const Values& v) { return score::deleteTime(c.score, c.range, crossingOf(v[0])); },
         /*isOfTime=*/true},
        {"duplicateTime",
         "Bars and time",
         "Duplicate time",
         "The selected time once more behind itself, with everything in it; what follows comes later.",
         true,
         {number("Times", 1, 1, 64, 1, "")},
         [](const Context& c, const Values& v) {
             auto longer = c.score;
             std::size_t locked = 0;
             for (int i = 0; i < whole(v[0]); ++i) {
                 auto once = score::duplicateTime(longer, c.range, c.mint);
                 score::apply(once.edit, longer);
                 locked = std::max(locked, once.locked);
             }
             return score::OperationResult{score::difference(c.score, longer), locked};
         },
         /*isOfTime=*/true},
    };
}

} // namespace continuo::ui::field
