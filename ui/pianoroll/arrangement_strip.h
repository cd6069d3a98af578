#pragma once

#include "engine/score/operations/sections.h"
#include "ui/pianoroll/arrangement_layout.h"
#include "ui/pianoroll/roll_state.h"

#include <QImage>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace continuo::ui {

/// The whole piece in miniature: one row a track, the current one taller, with the view as a frame. A click jumps, the
/// frame can be dragged and drawn wider; elsewhere a drag chooses a time of some tracks, which can then be dragged to
/// another time, and with Ctrl be copied there. Folds to a line.
class ArrangementStrip : public QWidget {
    Q_OBJECT

public:
    ArrangementStrip(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    /// As long as it is not folded.
    void setFullHeight(int height);
    bool isFolded() const { return folded_; }
    void setFolded(bool folded);
    /// What was chosen by a drag, while it is still selected.
    const std::optional<score::Section>& section() const { return section_; }
    ArrangementLayout layoutNow() const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Grip { None, Frame, LeftEdge, RightEdge, Band, Section };
    struct Span {
        QString name;
        score::TickRange range;
    };

    void forget();
    QRectF frame(const ArrangementLayout& layout) const;
    Grip gripAt(const ArrangementLayout& layout, QPointF at, Qt::KeyboardModifiers modifiers) const;
    std::vector<Span> sections() const;

    void paintMusic();
    void paintTimes(QPainter& painter, const ArrangementLayout& layout);
    void paintTrack(QPainter& painter, const ArrangementLayout& layout, const ArrangementRow& row,
                    const score::Track& track);
    void paintName(QPainter& painter, const ArrangementRow& row);
    void paintMarks(QPainter& painter, const ArrangementLayout& layout);
    void paintSection(QPainter& painter, const ArrangementLayout& layout, const score::Section& section,
                      score::Ticks by);

    void centreViewOn(double tick);
    void drawEdgeTo(Grip edge, double tick);
    void drag(QPointF at, Qt::KeyboardModifiers modifiers);
    void finish(QPointF at);
    void cancel();
    void choose(const score::Section& section);
    void moveSection(score::Ticks by, bool copies);
    score::Ticks travel(double ticks, Qt::KeyboardModifiers modifiers) const;
    void showTrial();
    void hint(QPointF at);

    RollState& state_;
    int gutter_;
    int fullHeight_ = 0;
    bool folded_ = false;
    QImage music_; // everything that changes with the score only
    bool stale_ = true;
    bool tookLong_ = false;
    QTimer later_;         // a picture that takes long is made anew when edits pause
    score::Tick drawnEnd_; // where the picture's right edge is

    std::optional<score::Section> section_;
    bool choosing_ = false;
    Grip grip_ = Grip::None;
    bool moved_ = false, copies_ = false;
    QPointF press_, now_;
    double gripTicks_ = 0; // from the pointer to the left edge of the view
    score::Ticks by_;      // of the section, while it is dragged
    QPointer<QWidget> focusBefore_;
};

} // namespace continuo::ui
