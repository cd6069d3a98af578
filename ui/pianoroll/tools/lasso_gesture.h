#pragma once

#include "ui/document/note_set.h"
#include "ui/pianoroll/tools/gesture.h"

#include <QPolygonF>

namespace continuo::ui {

/// A line drawn around notes: selects those whose middle it encloses. Shift adds, Ctrl toggles, Alt takes away.
class LassoGesture : public Gesture {
public:
    LassoGesture(RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override {}
    void cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
    void paint(QPainter& painter) const override;

private:
    QPolygonF onScreen() const;

    QPolygonF line_; // ticks and pixels from the top of the topmost row, so that scrolling does not move it
    NoteSet before_;
};

} // namespace continuo::ui
