#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QImage>
#include <QTimer>
#include <QWidget>

namespace continuo::ui {

/// The whole piece in miniature: one row a track, the current one taller, with the view as a frame. A click jumps, the
/// frame can be dragged.
class ArrangementStrip : public QWidget {
    Q_OBJECT

public:
    ArrangementStrip(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Row {
        const score::Track* track;
        double top;
        double height;
    };

    void forget();
    std::vector<Row> rows() const;
    double toX(score::Tick at) const;
    double toTicks(double x) const;
    double musicWidth() const { return std::max(1, width() - gutter_ - 10); }
    void paintMusic();
    void paintRow(QPainter& painter, const Row& row);
    void paintName(QPainter& painter, const Row& row);
    void paintMarks(QPainter& painter);
    void centreViewOn(double tick);

    RollState& state_;
    int gutter_;
    QImage music_; // everything that changes with the score only
    bool stale_ = true;
    bool tookLong_ = false;
    QTimer later_;
    score::Tick drawnEnd_;       // where the picture's right edge is
    std::optional<double> grip_; // ticks between the pointer and the left edge of the view
};

} // namespace continuo::ui
