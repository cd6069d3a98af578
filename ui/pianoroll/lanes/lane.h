#pragma once

#include "ui/pianoroll/lanes/lane_gesture.h"
#include "ui/pianoroll/lanes/lane_subject.h"
#include "ui/pianoroll/lanes/lane_tools.h"
#include "ui/pianoroll/roll_commands.h"

#include <QWidget>
#include <memory>

class QMenu;
class QSinglePointEvent;

namespace continuo::ui {

/// What lanes are made with.
struct LaneContext {
    RollState& state;
    RollCommands& commands;
    LaneTools& tools;
    const LaneServices& services;
};

/// One strip of values below the roll, over the same stretch of time. Its gutter names what it shows and opens what
/// can be done with it; its upper edge is dragged for its height. What lies right of the gutter is up to each kind.
class Lane : public QWidget {
    Q_OBJECT

public:
    Lane(const LaneContext& context, LaneSubject subject, QWidget* parent);

    const LaneSubject& subject() const { return subject_; }
    void setGutter(int gutter);
    int gutter() const { return gutter_; }
    bool isFolded() const { return folded_; }
    void setFolded(bool folded);
    /// What it takes unless one drags its edge; `small`: of small windows.
    virtual int naturalHeight(bool small) const;
    static int foldedHeight();
    static int leastHeight();
    /// Everything that can be done with the lane.
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    void heightWanted(int height);
    void foldWanted(bool folded);
    void closeWanted();
    /// Another lane in its place, chosen below a point of the screen.
    void pickerWanted(QPoint below);
    void addWanted();

protected:
    /// The kind's own: painting and gestures, in the coordinates of the roll.
    virtual void paintValues(QPainter& painter, QSizeF area) = 0;
    virtual void paintScale(QPainter&, QRectF) const {}
    virtual std::unique_ptr<LaneGesture> makeGesture(const Pointer& pointer, Qt::MouseButton button) = 0;
    /// A right button that was let go without a drag, before the menu opens.
    virtual void rightClicked(const Pointer&) {}
    virtual void doubleClicked(const Pointer&) {}
    virtual bool wheeled(const Pointer&, int) { return false; }
    virtual QString hintAt(const Pointer& pointer) const = 0;
    virtual Qt::CursorShape cursorAt(const Pointer&) const { return Qt::ArrowCursor; }
    virtual bool knows(const QKeyEvent& event) const;
    virtual bool handle(const QKeyEvent& event);
    virtual void addActions(QMenu&) {}
    virtual bool hasTools() const { return false; }
    /// What is there now, for who cannot see it.
    virtual QString described() const = 0;

    void tellDescription();
    RollState& state() const { return context_.state; }
    ScoreDocument& document() const { return context_.state.document(); }
    const LaneContext& context() const { return context_; }
    bool isDragging() const { return gesture_ != nullptr; }
    void cancel();
    /// Where a value 0..1 of the whole is drawn, and back.
    double yOf(double part) const;
    double partAt(double y) const;
    int contentWidth() const { return width() - gutter_; }

    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Held { Nothing, Edge, Values, RightButton, View };
    enum class GutterPart { None, Fold, Name, More, Tool };
    struct GutterHit {
        GutterPart part = GutterPart::None;
        std::size_t tool = 0;
    };

    Pointer pointerOf(const QSinglePointEvent& event) const;
    void connectState();
    void pressGutter(const QMouseEvent& event);
    void hover(const Pointer& pointer);
    void endGesture();
    void modifiersChanged(const QKeyEvent& event);
    void openMenu(QPoint at);
    bool isOnEdge(QPointF at) const { return at.y() < 4; }
    GutterHit gutterHitAt(QPointF at) const;
    bool showsTools() const;
    QRectF toolCell(std::size_t index) const;
    QRectF moreCell() const;
    void paintGrid(QPainter& painter);
    void paintGutter(QPainter& painter);
    void paintTag(QPainter& painter);
    void addToolActions(QMenu& menu);

    LaneContext context_;
    LaneSubject subject_;
    int gutter_ = 80;
    bool folded_ = false;
    bool hovered_ = false;
    Held held_ = Held::Nothing;
    std::unique_ptr<LaneGesture> gesture_;
    Pointer press_, last_;
    int heightBefore_ = 0;
    double pressGlobalY_ = 0;
    double scrollBefore_ = 0;
};

} // namespace continuo::ui
