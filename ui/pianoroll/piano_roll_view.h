#pragma once

#include "ui/pianoroll/gesture_words.h"
#include "ui/pianoroll/held_tool.h"
#include "ui/pianoroll/note_hits.h"
#include "ui/pianoroll/roll_commands.h"
#include "ui/pianoroll/roll_painter.h"
#include "ui/pianoroll/tools/gesture.h"

#include <QElapsedTimer>
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
    RollState& state() const { return state_; }
    RollCommands& commands() const { return commands_; }
    /// The drawing that the pointer has now.
    const QString& cursorShape() const { return cursorName_; }
    /// What the mouse can do at a place.
    std::vector<GestureText> gesturesUnder(QPointF at) const;
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
    void begin(const GestureTable::Found& found);
    /// The pointer with what its modifiers mean to the gesture in progress.
    Pointer meant(const Pointer& pointer);
    void pressNote(const NoteHit& hit, Qt::KeyboardModifiers modifiers);
    void click(Trigger trigger);
    void perform(Action action);
    void performOn(const score::Note& note, Action action);
    bool jumpToGhost();
    void placeCursor();
    void joinWithNext(const score::Note& note);
    void probe();
    void extendSelectionTo(const score::Note& note);
    void openMenu(QPoint at);
    QPoint keyboardPlace();
    void dragTo(const Pointer& pointer);
    void cancelGesture();
    void endGesture();
    void modifiersChanged(const QKeyEvent& event);
    void scrollAtEdge();
    void hover(const Pointer& pointer);
    void showDragging();
    void showCursor(const QString& name);
    int notesMeant(const NoteHit& hit) const;
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
    Action action_ = Action::None; // of the gesture
    Qt::KeyboardModifiers used_;   // held since they chose it
    QString cursorName_;
    QElapsedTimer menuClock_;
    Press press_;
    Pointer last_;
    std::optional<score::Note> lastClicked_;
    QTimer edgeTimer_;
    QTimer dashTimer_;
    double dashPhase_ = 0;
};

} // namespace continuo::ui
