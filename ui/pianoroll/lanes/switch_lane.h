#pragma once

#include "engine/score/operations/switches.h"
#include "ui/pianoroll/lanes/control_lane.h"

namespace continuo::ui {

/// A pedal as blocks where it is down: dragged at their edges and bodies, drawn on the empty lane.
class SwitchLane : public ControlLane {
    Q_OBJECT

public:
    using ControlLane::ControlLane;

    enum class Part { None, Start, Body, End };
    struct Hit {
        Part part = Part::None;
        score::SwitchSpan span;
    };
    Hit hitAt(QPointF at);
    /// Ctrl+Left and Right step from block to block; a block is selected by the event that presses the pedal.
    std::vector<score::SwitchSpan> spans();
    QString counted(const QString& verb, std::size_t count) const override;
    /// Down in `to` and no longer in `from`, which is empty for a new block.
    void proposeSpan(score::TickRange from, score::TickRange to);

protected:
    void paintValues(QPainter& painter, QSizeF area) override;
    std::unique_ptr<LaneGesture> makeGesture(const Pointer& pointer, Qt::MouseButton button) override;
    void rightClicked(const Pointer& pointer) override;
    void doubleClicked(const Pointer& pointer) override;
    QString hintAt(const Pointer& pointer) const override;
    Qt::CursorShape cursorAt(const Pointer& pointer) const override;
    bool knows(const QKeyEvent& event) const override;
    bool handle(const QKeyEvent& event) override;
    void addActions(QMenu& menu) override;
    QString described() const override;
    void addAtCursor() override;

private:
    using Command = std::function<void(SwitchLane&)>;
    Command commandOf(const QKeyEvent& event) const;
    std::optional<score::SwitchSpan> chosen();
    void removeChosen();
    void step(int direction);
    void moveChosen(score::Ticks start, score::Ticks end);
    void pedalByHarmony();
    void repair();
    score::Ticks gridStep(score::Tick at) const;
};

} // namespace continuo::ui
