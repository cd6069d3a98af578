#pragma once

#include "engine/score/operations/value_change.h"

#include <span>
#include <vector>

namespace continuo::score {

/// Velocities drawn from low..high; `blend` 0..1 of the way to the drawn one. Depends on seed and note alone.
struct RandomVelocitySettings {
    int low = 60;
    int high = 100;
    double blend = 1;
    std::uint64_t seed = 1;
};
OperationResult randomizeVelocities(const Score& score, NoteIds ids, const RandomVelocitySettings& settings);

/// Distances from the mean velocity of the selection times `factor`: below 1 compresses, above expands, 0 makes equal.
OperationResult scaleVelocities(const Score& score, NoteIds ids, double factor);

enum class CurveShape { Linear, Smooth, Step };

/// A line over time that velocities follow; before the first and after the last point it stays level.
struct VelocityCurve {
    struct Point {
        Tick at;
        double value = 80;
    };
    std::vector<Point> points; // in order of time
    CurveShape shape = CurveShape::Linear;

    double valueAt(Tick at) const;
};

/// `blend` 0..1 of the way from each velocity to the curve.
OperationResult followCurve(const Score& score, NoteIds ids, const VelocityCurve& curve, double blend = 1);

/// Each note its own value, `blend` 0..1 of the way there: what a brush drawn across a lane wrote.
struct NoteValue {
    NoteId note{};
    double value = 0;
};
OperationResult setNoteValues(const Score& score, std::span<const NoteValue> values, NoteField field, double blend = 1);

/// From `from` at the first selected onset to `to` at the last.
struct RampSettings {
    double from = 40;
    double to = 110;
    CurveShape shape = CurveShape::Linear;
    double blend = 1;
};
OperationResult rampVelocities(const Score& score, NoteIds ids, const RampSettings& settings);

/// As a ramp, but factors that velocities are multiplied by: 0 to 1 fades in, 1 to 0 fades out.
struct FadeSettings {
    double from = 0;
    double to = 1;
    CurveShape shape = CurveShape::Linear;
};
OperationResult fadeVelocities(const Score& score, NoteIds ids, const FadeSettings& settings);

} // namespace continuo::score
