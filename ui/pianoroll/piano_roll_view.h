#pragma once

#include "ui/pianoroll/held_tool.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/roll_commands.h"
#include "ui/pianoroll/roll_painter.h"
#include "ui/pianoroll/tools/gesture.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <memory>

namespace continuo::ui {

/// The note area. Everything but the playhead and the marks of a drag is painted once into a picture and copied from
/// it.
class PianoRollView : public QWidget {
    Q_OBJECT

public:
    PianoRollView(RollState& state, RollCommands& commands, QWidget* parent = nullptr);

    /// How often the notes were painted: moving the playhead must not.
    int sceneCount() const { return sceneCount_; }
    QSize minimumSizeHint() const override { return {120, 80}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Press {
        NoteHit hit;
        Pointer pointer;
        Qt::MouseButton button = Qt::NoButton;
        NoteSet selectedBefore;
        bool waits = false; // for a drag or a click
    };

    NoteHit hitUnder(QPointF at) const;
    void forgetScene();
    void paintScene();
    void paintCursors(QPainter& painter);
    void paintFrame(QPainter& painter);
    void paintTargetTab(QPainter& painter);
    void paintOutside(QPainter& painter);
    void paintEmptyText(QPainter& painter);
    void begin(Action action);
    void pressNote(const NoteHit& hit, Qt::KeyboardModifiers modifiers);
    void click();
    void clickNote();
    bool jumpToGhost();
    void removeHit();
    void extendSelectionTo(const score::Note& note);
    void openMenu(QPoint at);
    QPoint keyboardPlace();
    void dragTo(const Pointer& pointer);
    void cancelGesture();
    void endGesture();
    void modifiersChanged(const QKeyEvent& event);
    void scrollAtEdge();
    void showHint(const NoteHit& hit);
    void hover(const Pointer& pointer);
    void animateCandidates();

    RollState& state_;
    RollCommands& commands_;
    RollPainter painter_;
    HeldTool heldTool_;
    QImage scene_;
    bool stale_ = true;
    int sceneCount_ = 0;
    NotesOutside outside_;
    std::unique_ptr<Gesture> gesture_;
    Press press_;
    Pointer last_;
    std::optional<score::Note> lastClicked_;
    QTimer edgeTimer_;
    QTimer dashTimer_;
    double dashPhase_ = 0;
};

} // namespace continuo::ui
