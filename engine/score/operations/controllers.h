#pragma once

#include "engine/score/operations/curves.h"

#include <optional>

/// What hands do to the values of a track: controllers, pressure, pitch bend, programs. Each function looks at the
/// score and returns an edit; nothing is changed until it is applied. Events of other lines, and of the line outside
/// what is named, stay as they are. Values are kept within their bounds. A track or ids that do not exist change
/// nothing.
namespace continuo::score {

using EventIds = std::span<const EventId>;

/// What `line` does in `range` becomes `points`, which are in order and inside it. An event that stays at its tick
/// keeps its id.
ScoreEdit setControl(const Score& score, TrackId track, ControlLine line, TickRange range,
                     std::span<const ControlPoint> points, IdMint& mint);

/// Writes a figure over what was there, its end included; one event each `every` ticks at most.
ScoreEdit drawFigure(const Score& score, TrackId track, ControlLine line, const Figure& figure, Ticks every,
                     IdMint& mint);

ScoreEdit removeEvents(const Score& score, TrackId track, EventIds ids);

/// In time and value, as far as tick 0 and the bounds allow; the group keeps its shape. Events of the same line where
/// one lands leave.
ScoreEdit movePoints(const Score& score, TrackId track, EventIds ids, Ticks by, int value = 0);
/// All to one value.
ScoreEdit setPointValues(const Score& score, TrackId track, EventIds ids, int value);
/// Distances of the values from `around` times `factor`.
ScoreEdit scalePoints(const Score& score, TrackId track, EventIds ids, double factor, double around);

/// What lies between neighbours among these points of one line becomes a figure from one to the next: steps, lines or
/// curves. The points themselves stay.
ScoreEdit joinPoints(const Score& score, TrackId track, EventIds ids, Figure::Kind kind, Ticks every, IdMint& mint);

/// Copied points of one line; times count from the first.
struct ControlClip {
    ControlLine line;
    std::int64_t quarter = 960; // ticks a quarter note of the score it is from
    std::vector<ControlPoint> points;
};
ControlClip copyPoints(const Score& score, TrackId track, EventIds ids);

struct ControlPaste {
    double timeFactor = 1;
    double valueFactor = 1; // around the centre of pitch bend, else 0
};
/// The clip from `at` on, into any line: where its bounds differ the values are scaled to them. Replaces what the line
/// has from the first pasted point to the last. `pasted` receives the ids.
ScoreEdit pastePoints(const Score& score, TrackId track, ControlLine line, const ControlClip& clip, Tick at,
                      const ControlPaste& how, IdMint& mint, std::vector<EventId>* pasted = nullptr);

} // namespace continuo::score
