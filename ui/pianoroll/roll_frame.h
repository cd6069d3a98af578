#pragma once

#include "ui/pianoroll/roll_painter.h"

namespace continuo::ui {

/// One picture that is being painted: its pixels, and where ticks and rows are in it.
struct RollPainter::Frame {
    PixelCanvas canvas;
    DeviceGrid grid;
    score::TickRange time;
    NotesOutside outside;

    Frame(QImage& picture, const RollGeometry& geometry)
        : canvas(picture), grid(geometry, picture.devicePixelRatio()),
          time(geometry.visibleTicks(picture.width() / picture.devicePixelRatio())) {}
    const RowMap& rows() const { return grid.geometry().rows; }
    int hair() const { return std::max(1, static_cast<int>(grid.ratio() + 0.5)); }
    bool rowVisible(int row) const { return grid.yOfRow(row) < canvas.height() && grid.yOfRow(row - 1) > 0; }
    bool pitchVisible(int pitch) const { return rows().shows(pitch) && rowVisible(rows().rowOf(pitch)); }
    bool sees(const score::Note& note) const {
        return note.onset < time.end && !(note.end() < time.start) && pitchVisible(note.pitch);
    }
    void fillColumn(int x, QRgb colour) { canvas.fill({x, 0, hair(), canvas.height()}, colour); }
    /// The body of a note; of a hit, a square from its onset on.
    QRect bodyOf(const NotePainter& painter, const score::Note& note) const {
        const int x = grid.x(note.onset), y = grid.y(note.pitch), height = grid.height(note.pitch);
        if (rows().showsHits()) return {x, y, height, height - hair()};
        return painter.body(x, grid.x(note.end()), y, height);
    }
};

inline int opacityOf(double part) { return static_cast<int>(part * 255 + 0.5); }

} // namespace continuo::ui
