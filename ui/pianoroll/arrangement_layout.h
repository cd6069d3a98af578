#pragma once

#include "ui/document/score_document.h"

#include <QRectF>
#include <vector>

namespace continuo::ui {

/// One row of the arrangement: a track, or all tracks of a folded group over each other.
struct ArrangementRow {
    std::vector<score::TrackId> tracks;
    std::string name;
    bool isCurrent = false;
    bool isGrouped = false;
    double top = 0, height = 0;

    bool holds(score::TrackId track) const;
};

/// Where tracks and times are in the arrangement: rows in the order of the list of tracks, the current one 2.2 rows
/// tall, all of them in view. A plain value, in device-independent pixels.
struct ArrangementLayout {
    double left = 0, width = 1; // of the music
    double ticks = 1;           // from its left edge to its right one
    std::vector<ArrangementRow> rows;

    ArrangementLayout() = default;
    ArrangementLayout(const ScoreDocument& document, const QRectF& music, score::Tick end);

    double xOf(score::Tick at) const { return left + static_cast<double>(at.fromStart) / ticks * width; }
    double ticksAt(double x) const { return (x - left) / width * ticks; }
    /// Kept in the piece.
    score::Tick tickAt(double x) const;
    /// Null above and below the rows.
    const ArrangementRow* rowAt(double y) const;
    /// Tracks of the rows that lie between two heights, at least of the nearest one.
    std::vector<score::TrackId> tracksBetween(double y1, double y2) const;
};

} // namespace continuo::ui
