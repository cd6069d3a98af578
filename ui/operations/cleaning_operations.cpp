#include "engine/score/operations/cleanup.h"
#include "ui/operations/operation_fields.h"

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

score::OperationResult runClean(const Context& c, const Values& v) {
    return score::clean(c.score, c.notes,
                        {.zeroVelocity = isOn(v[0]),
                         .tinyNotes = isOn(v[1]),
                         .shortestMs = v[2],
                         .duplicates = isOn(v[3]),
                         .overlaps = isOn(v[4]),
                         .pedals = isOn(v[5]),
                         .range = isOn(v[6])},
                        c.mint);
}

} // namespace

std::vector<Operation> cleaningOperations() {
    return {
        {"overlaps",
         "Clean",
         "Remove overlaps",
         "Of notes of one key that sound at once the earlier is cut.",
         true,
         {},
         [](const Context& c, const Values&) { return score::removeOverlaps(c.score, c.notes); }},
        {"duplicates",
         "Clean",
         "Remove duplicates",
         "Notes of one key that begin together become one.",
         false,
         {number("Apart by at most", 0, 0, 240, 1, "ticks")},
         [](const Context& c, const Values& v) {
             return score::removeDuplicates(c.score, c.notes, score::Ticks{whole(v[0])});
         }},
        {"glue",
         "Clean",
         "Glue",
         "Notes of one key that follow each other become one.",
         true,
         {number("Gap of at most", 0, 0, 960, 1, "ticks")},
         [](const Context& c, const Values& v) {
             return score::glueNotes(c.score, c.notes, score::Ticks{whole(v[0])});
         }},
        {"clean",
         "Clean",
         "Clean up",
         "Mends what players and machines leave behind.",
         false,
         {onOff("Notes without velocity", true), onOff("Tiny notes", true), number("Shorter than", 20, 1, 100, 1, "ms"),
          onOff("Duplicates", true), onOff("Overlaps", true), onOff("Hanging pedals", true),
          onOff("Out of range, by octaves", false)},
         runClean},
    };
}

} // namespace continuo::ui::field
