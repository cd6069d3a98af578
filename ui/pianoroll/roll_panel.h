#pragma once

#include "ui/document/score_document.h"
#include "ui/pianoroll/lanes/lane_tools.h"

#include <QTimer>
#include <QWidget>
#include <functional>
#include <optional>

class QAction;
class QMenu;
class QScrollBar;

namespace continuo::ui {

class ArrangementStrip;
class Keyboard;
class LaneStack;
class PanelFrame;
class PianoRollView;
class RollCommands;
class RollState;
class Ruler;
class TimeRows;
class ToolRow;

/// The editor of the studio: the arrangement strip, and below it tools, ruler, keyboard, roll and lanes of values.
class RollPanel : public QWidget {
    Q_OBJECT

public:
    explicit RollPanel(ScoreDocument& document, QWidget* parent = nullptr);

    /// Moves the playhead, which repaints no notes; while `playing`, pages turn with it where following is on.
    void setPlayhead(score::Tick at, bool playing);
    /// Copy, paste and the like, for an Edit menu; they show their keys, the roll reads the keys itself.
    std::vector<QAction*> editActions(QObject* parent);
    /// Everything that has a key in the roll.
    std::vector<QAction*> allActions(QObject* parent);
    /// What the context menu offers for notes besides its own commands.
    void setOperations(std::function<void(QMenu&)> fill);
    /// How lanes name programs, and let one choose them below a point of the screen.
    void
    setInstruments(std::function<QString(int program, bool drums)> nameOf,
                   std::function<void(int program, bool drums, QPoint below, std::function<void(int)> chosen)> choose);
    /// All of the piece in view.
    void fitSong();
    /// So that a bar that something is about to happen in can be seen.
    void reveal(score::Tick at);
    RollState& state() { return *state_; }
    Ruler& ruler() { return *ruler_; }
    TimeRows& rows() { return *rows_; }
    PianoRollView& view() { return *view_; }
    LaneStack& lanes() { return *lanes_; }

Q_SIGNALS:
    void seekRequested(score::Tick at);
    void playFromRequested(score::Tick at);
    void loopChanged(std::optional<score::TickRange> loop);
    void auditionRequested(score::TrackId track, int pitch, int velocity);
    void auditionEnded();
    void playToggleRequested();
    void hintChanged(const QString& hint);
    /// An operation on time, by its id, is to be opened.
    void operationRequested(const QString& id);
    void selectionSummary(const QString& summary);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void connectParts();
    void applySize();
    void showScroll();
    void openAtMusic();
    void tellSelection();

    ScoreDocument& document_;
    RollState* state_;
    RollCommands* commands_;
    ToolRow* tools_ = nullptr;
    ArrangementStrip* arrangement_ = nullptr;
    Ruler* ruler_ = nullptr;
    TimeRows* rows_ = nullptr;
    Keyboard* keyboard_ = nullptr;
    PianoRollView* view_ = nullptr;
    LaneStack* lanes_ = nullptr;
    QScrollBar* sideways_ = nullptr;
    QScrollBar* upright_ = nullptr;
    LaneServices services_;
    bool small_ = false;
    bool opened_ = false;
    QTimer overlapTimer_; // overlaps are counted when edits pause
};

} // namespace continuo::ui
