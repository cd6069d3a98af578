#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>

class QLineEdit;
class QMenu;

namespace continuo::ui {

/// A row between ruler and roll, on the time axis of the roll. What rows share: name, playhead, wheel, a field to type
/// into, and a proposal: what the drag in progress would make of the piece if it ended now.
class TimeRow : public QWidget {
    Q_OBJECT

public:
    struct Names {
        const char* id;   // in settings and menus
        const char* name; // in the gutter and spoken
        const char* shortName;
        const char* description; // spoken
    };

    TimeRow(RollState& state, int gutter, const Names& names, QWidget* parent);

    const char* id() const { return names_.id; }
    QString name() const;
    void setGutter(int gutter);
    /// Opens the field for what stands, or is to stand, at `at`.
    virtual void editAt(score::Tick at) = 0;
    bool isTyping() const;

Q_SIGNALS:
    /// The entries that all rows have, behind those of this one.
    void menuRequested(QMenu& menu, score::Tick at);
    void auditionRequested(score::TrackId track, int pitch, int velocity);
    void auditionEnded();
    /// What could not be done and why, in one sentence.
    void refused(const QString& sentence);

protected:
    RollState& state() const { return state_; }
    ScoreDocument& document() const { return state_.document(); }
    int gutter() const { return gutter_; }
    double toX(score::Tick at) const { return gutter_ + state_.geometry().xOf(at); }
    score::Tick tickAt(double x) const { return state_.geometry().tickAt(x - gutter_); }
    /// To the grid of the roll; free with Alt.
    virtual score::Tick snappedTick(double x, Qt::KeyboardModifiers modifiers) const;

    /// Where a step of the keyboard leads from `at`.
    virtual score::Tick neighbour(score::Tick at, int direction) const;

    /// What stands in time, without notes: the piece as it is, with the proposal.
    const score::Score& times() const;
    const score::ScoreEdit& proposal() const { return proposal_; }
    void propose(score::ScoreEdit edit);
    /// The proposal as one undo step.
    void carryOut(const QString& name);
    void perform(score::ScoreEdit edit, const QString& name);

    /// A field over `box` with `text` in it; Enter gives what is typed to typed(), Esc puts back.
    void openField(const QRectF& box, const QString& text);
    /// An empty answer: done; else why it cannot be.
    virtual QString typed(const QString& text) = 0;

    virtual void paintTimes(QPainter& painter) = 0;
    /// What is drawn is to be made anew; called when it is needed next, not at every edit.
    virtual void timesChanged() {}
    void ensure();
    void refresh();
    virtual QString hint() const = 0;
    virtual void fillMenu(QMenu& menu, score::Tick at) = 0;
    /// A drag in progress ends and leaves no trace.
    virtual void cancelDrag() { propose({}); }

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;
    void showMenu(const QPoint& where, score::Tick at);

private:
    void showWrong(bool wrong);

    RollState& state_;
    int gutter_;
    Names names_;
    score::ScoreEdit proposal_;
    mutable score::Score times_;
    mutable bool stale_ = true;
    bool drawingStale_ = true;
    QLineEdit* field_;
};

} // namespace continuo::ui
