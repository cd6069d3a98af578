#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>

class QMenu;

namespace continuo::ui {

/// How the ruler counts.
enum class RulerUnit { Bars, Time, Both };

/// Bars and beats, minutes and seconds or both, with the loop bar and the head of the playhead.
class Ruler : public QWidget {
    Q_OBJECT

public:
    /// `gutter`: the width of the keyboard, where the rows have their names.
    Ruler(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    RulerUnit unit() const { return unit_; }
    void setUnit(RulerUnit unit);
    /// The loop over the selected time, else over the selected notes; nothing where nothing is selected.
    void loopSelection();
    QSize sizeHint() const override;

Q_SIGNALS:
    void seekRequested(score::Tick at);
    void playFromRequested(score::Tick at);
    void loopChanged(std::optional<score::TickRange> loop);
    void unitChanged();
    /// Whoever knows more fills the menu of a time.
    void menuRequested(QMenu& menu, score::Tick at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    enum class Drag { None, Undecided, Scrub, Zoom, NewLoop, LoopStart, LoopEnd, LoopBody, Target, Measure };

    double toX(score::Tick at) const { return gutter_ + state_.geometry().xOf(at); }
    score::Tick tickFor(double x, Qt::KeyboardModifiers modifiers) const;
    Drag loopPartAt(double x) const;
    void dragLoop(double x, Qt::KeyboardModifiers modifiers);
    void zoomBy(double y);
    void setLoop(std::optional<score::TickRange> loop);
    void toggleLoop();
    void showHint(QPointF at);
    void measure(score::Tick to);
    void endDrag();
    void cancelDrag();
    double barsHeight() const;
    void paintBars(QPainter& painter);
    void paintTimes(QPainter& painter, double top, double bottom);
    void paintLoop(QPainter& painter);
    void paintMeasure(QPainter& painter);
    void paintHead(QPainter& painter);

    RollState& state_;
    int gutter_;
    RulerUnit unit_ = RulerUnit::Bars;
    Drag drag_ = Drag::None;
    QPointF press_;
    QPointF last_;
    score::Tick pressTick_;
    std::optional<score::TickRange> lastLoop_; // shown dimmed while the loop is off
    score::TickRange loopAtPress_;
    std::optional<score::TickRange> loopBefore_, targetBefore_; // what Esc brings back
    RollGeometry viewBefore_;
    score::Tick playheadBefore_;
    score::TickRange measured_;
};

} // namespace continuo::ui
