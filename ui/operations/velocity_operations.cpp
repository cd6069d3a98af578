#include "engine/score/operations/velocities.h"
#include "ui/operations/operation_fields.h"

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

OperationField shape() { return choice("Shape", {"Straight", "Smooth", "Step"}); }

score::CurveShape shapeOf(double value) { return static_cast<score::CurveShape>(whole(value)); }

} // namespace

std::vector<Operation> velocityOperations() {
    return {
        {"velocityRamp",
         "Velocity",
         "Ramp",
         "From one velocity at the first note to another at the last.",
         false,
         {number("From", 40, 1, 127), number("To", 110, 1, 127), shape(), percent("Blend", 100)},
         [](const Context& c, const Values& v) {
             return score::rampVelocities(c.score, c.notes, {v[0], v[1], shapeOf(v[2]), part(v[3])});
         }},
        {"velocityFade",
         "Velocity",
         "Fade",
         "Velocities times a part that changes over time.",
         false,
         {number("From", 0, 0, 200, 1, "%"), number("To", 100, 0, 200, 1, "%"), shape()},
         [](const Context& c, const Values& v) {
             return score::fadeVelocities(c.score, c.notes, {part(v[0]), part(v[1]), shapeOf(v[2])});
         }},
        {"velocityScale",
         "Velocity",
         "Compress or expand",
         "Distances from the mean shrink or grow.",
         false,
         {number("To", 50, 0, 300, 1, "%")},
         [](const Context& c, const Values& v) { return score::scaleVelocities(c.score, c.notes, part(v[0])); }},
        {"velocityRandom",
         "Velocity",
         "Random",
         "Velocities drawn from a band.",
         false,
         {number("Softest", 60, 1, 127), number("Loudest", 100, 1, 127), percent("Blend", 100), seed()},
         [](const Context& c, const Values& v) {
             return score::randomizeVelocities(
                 c.score, c.notes, {whole(v[0]), whole(v[1]), part(v[2]), static_cast<std::uint64_t>(v[3])});
         }},
    };
}

} // namespace continuo::ui::field
