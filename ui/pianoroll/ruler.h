#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>

namespace continuo::ui {

/// Bars and beats with the loop bar and the head of the playhead, and below them a row for key, meter and tempo.
class Ruler : public QWidget {
    Q_OBJECT

public:
    /// `gutter`: the width of the keyboard, where the rows have their names.
    Ruler(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    QSize sizeHint() const override;

Q_SIGNALS:
    void seekRequested(score::Tick at);
    void playFromRequested(score::Tick at);
    void loopChanged(std::optional<score::TickRange> loop);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Drag { None, Undecided, Scrub, Zoom, NewLoop, LoopStart, LoopEnd, LoopBody, Target };

    double toX(score::Tick at) const { return gutter_ + state_.geometry().xOf(at); }
    score::Tick tickFor(double x, Qt::KeyboardModifiers modifiers) const;
    Drag loopPartAt(double x) const;
    void dragLoop(double x, Qt::KeyboardModifiers modifiers);
    void zoomBy(double y);
    void setLoop(std::optional<score::TickRange> loop);
    void toggleLoop();
    void showHint(QPointF at);
    void paintBars(QPainter& painter);
    void paintLoop(QPainter& painter);
    void paintEvents(QPainter& painter);
    void paintHead(QPainter& painter);

    RollState& state_;
    int gutter_;
    Drag drag_ = Drag::None;
    QPointF press_;
    QPointF last_;
    score::Tick pressTick_;
    std::optional<score::TickRange> lastLoop_; // shown dimmed while the loop is off
    score::TickRange loopAtPress_;
};

} // namespace continuo::ui
