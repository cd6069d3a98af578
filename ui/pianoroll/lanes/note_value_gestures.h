#pragma once

#include "engine/score/operations/velocities.h"
#include "ui/pianoroll/lanes/note_value_lane.h"

namespace continuo::ui {

/// Dragging the head of a stem: it and the notes that go with it change by as much; with Ctrl all get its value.
/// Without a move the note is selected.
class DragStem : public LaneGesture {
public:
    DragStem(NoteValueLane& lane, RollState& state, const score::Note& held, std::vector<score::NoteId> notes,
             const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override { state_.setPreview({}); }
    QString tag() const override { return QString::number(value_); }

private:
    NoteValueLane& lane_;
    RollState& state_;
    score::Note held_;
    std::vector<score::NoteId> notes_;
    double pressY_;
    int value_;
    score::ScoreEdit proposal_;
};

/// Dragging across: the notes passed over get the value at the pointer; with Shift those from press to pointer lie on a
/// line, with Ctrl on a curve. The wheel says how far they go towards it. Where notes in view are selected, only they
/// change.
class PaintValues : public LaneGesture {
public:
    PaintValues(NoteValueLane& lane, RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override { state_.setPreview({}); }
    bool wheel(int notches) override;
    void paint(QPainter& painter) const override;
    QString tag() const override;

private:
    enum class Way { Brush, Line, Curve };

    void brush(QPointF to);
    void draw(QPointF to, Way way);
    void propose();
    /// Calls visit(note, x) for each note that may change with its stem between two places.
    template <typename Visit>
    void forNotes(double left, double right, Visit visit) const;

    NoteValueLane& lane_;
    RollState& state_;
    bool onlySelected_ = false;
    QPointF press_, last_;
    Way way_ = Way::Brush;
    double blend_ = 1;
    std::unordered_map<score::NoteId, double> brushed_; // kept when another way is tried meanwhile
    std::vector<score::NoteValue> values_;
    score::ScoreEdit proposal_;
};

} // namespace continuo::ui
