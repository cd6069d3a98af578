#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QPointF>

class QPainter;

namespace continuo::ui {

struct Pointer {
    QPointF at; // in the view
    /// While a gesture lasts, as Continuo's habits have them: the table of gestures translates those of others.
    Qt::KeyboardModifiers modifiers;
};

/// One press and what follows until the release. While it lasts, only the preview and the selection change; `finish`
/// makes it one undo step; without it nothing has happened to the score.
class Gesture {
public:
    explicit Gesture(RollState& state) : state_(state) {}
    virtual ~Gesture() = default;
    Gesture(const Gesture&) = delete;
    Gesture& operator=(const Gesture&) = delete;

    /// The pointer or a modifier moved.
    virtual void update(const Pointer& pointer) = 0;
    virtual void finish() = 0;
    /// Puts back what the gesture changed of selection and view.
    virtual void cancel() { state_.setPreview({}); }
    virtual Qt::CursorShape cursor() const = 0;
    /// Lines and frames over the notes; of most gestures, a line at what caught the drag.
    virtual void paint(QPainter& painter) const;
    /// Whether the view scrolls when the pointer leaves it.
    virtual bool scrollsAtEdges() const { return true; }

protected:
    bool snaps(const Pointer& pointer) const {
        return state_.grid().on && !pointer.modifiers.testFlag(Qt::AltModifier);
    }
    score::Tick tickUnder(double x) const {
        return {static_cast<std::int64_t>(state_.geometry().tickReal(x) +
                                          (state_.geometry().tickReal(x) < 0 ? -0.5 : 0.5))};
    }
    /// Where an edge dragged to `free` goes: `onGrid`, or to what is nearer and catches it, which is then shown.
    score::Tick caught(score::Tick free, score::Tick onGrid, const std::vector<score::NoteId>& dragged);
    bool isCaught() const { return guide_.has_value(); }
    void letGo() { guide_.reset(); }

    RollState& state_;

private:
    std::optional<score::Tick> guide_;
};

} // namespace continuo::ui
