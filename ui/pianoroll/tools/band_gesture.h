#pragma once

#include "ui/pianoroll/tools/gesture.h"

namespace continuo::ui {

/// A frame that selects the notes it touches; Shift adds, Ctrl toggles, Alt takes away. Over the ruler it chooses bars
/// instead: the range that the net is to write.
class BandGesture : public Gesture {
public:
    BandGesture(RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override {}
    void cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }
    void paint(QPainter& painter) const override;

private:
    QRectF frame() const;
    void selectNotes(Qt::KeyboardModifiers modifiers);

    double pressTick_;
    double pressHeight_; // from the top of the topmost row
    Pointer now_;
    NoteSet before_;
    std::optional<score::TickRange> rangeBefore_;
    bool overRuler_ = false;
};

/// The bars that lie between two times, at least one.
score::TickRange barsBetween(const score::MeterMap& meters, score::Tick a, score::Tick b);

} // namespace continuo::ui
