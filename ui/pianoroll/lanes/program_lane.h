#pragma once

#include "ui/pianoroll/lanes/control_lane.h"

namespace continuo::ui {

/// Program changes as flags at their times.
class ProgramLane : public ControlLane {
    Q_OBJECT

public:
    using ControlLane::ControlLane;
    std::optional<score::ChannelEvent> flagAt(QPointF at);
    QString counted(const QString& verb, std::size_t count) const override;
    score::ScoreEdit moveEdit(score::Ticks by);

protected:
    void paintValues(QPainter& painter, QSizeF area) override;
    std::unique_ptr<LaneGesture> makeGesture(const Pointer& pointer, Qt::MouseButton button) override;
    void rightClicked(const Pointer& pointer) override;
    void doubleClicked(const Pointer& pointer) override;
    QString hintAt(const Pointer& pointer) const override;
    Qt::CursorShape cursorAt(const Pointer& pointer) const override;
    void addActions(QMenu& menu) override;
    QString textOf(const score::ChannelEvent& event) const override;
    void addAtCursor() override;
    void changeSelected(int by) override;

private:
    QString programName(int program) const;
    double flagWidth(const score::ChannelEvent& event) const;
    void choose(score::Tick at);

    score::Tick asked_; // where the menu was opened
};

} // namespace continuo::ui
