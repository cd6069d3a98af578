#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>

namespace continuo::ui {

/// Velocities of the current track as stems. A stem is dragged by its head, with the whole selection where it belongs
/// to it; a drag across the lane paints.
class VelocityLane : public QWidget {
    Q_OBJECT

public:
    VelocityLane(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Stem {
        score::Note note;
        double x = 0; // in the widget
        bool selected = false;
    };

    std::vector<Stem> stems() const;
    std::optional<Stem> stemAt(QPointF at) const;
    double yOf(int velocity) const;
    int velocityAt(double y) const;
    void propose(const std::vector<score::Note>& after);
    void dragStem(QPointF at, Qt::KeyboardModifiers modifiers);
    void paintAcross(QPointF at);
    void finish();
    void cancel();
    void drawStem(QPainter& painter, const Stem& stem) const;
    void drawGutter(QPainter& painter) const;

    RollState& state_;
    int gutter_;
    bool dragging_ = false;
    std::optional<score::Note> held_;
    std::vector<score::Note> before_;              // what a drag of a stem changes
    std::map<score::NoteId, score::Note> painted_; // what a drag across has changed so far
    QPointF press_;
    QPointF last_;
    score::ScoreEdit proposal_;
};

} // namespace continuo::ui
