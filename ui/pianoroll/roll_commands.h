#pragma once

#include "engine/score/note_operations.h"
#include "ui/pianoroll/note_choices.h"
#include "ui/pianoroll/roll_state.h"
#include "ui/shortcuts/shortcuts.h"

#include <QElapsedTimer>
#include <functional>

class QKeyEvent;
class QAction;
class QMenu;

namespace continuo::ui {

/// What the keyboard and the menus do in the roll: a table of functions, whose names and keys are in
/// resources/shortcuts.json.
class RollCommands : public QObject {
    Q_OBJECT

public:
    struct Row {
        const char* id; // in the table of keys
        std::function<void(RollCommands&)> run;
        bool inMenu = false;
        bool needsNotes = false; // of the selection
    };

    explicit RollCommands(RollState& state, QObject* parent = nullptr);

    /// Runs the command of a key; false where it has none.
    bool handle(const QKeyEvent& event);
    bool knows(const QKeyEvent& event) const;
    /// The id of the command of a key, empty where it has none.
    QString idOf(const QKeyEvent& event) const;
    static const std::vector<Row>& table();

    /// The commands for an Edit menu, or all, with their keys shown; new actions owned by `parent`.
    enum class Which { ForMenu, All };
    std::vector<QAction*> actions(QObject* parent, Which which = Which::ForMenu);
    void fillMenu(QMenu& menu);
    /// What the context menu offers for the notes besides its own commands.
    void setOperations(std::function<void(QMenu&)> fill) { operations_ = std::move(fill); }

    /// The cell that the arrow keys move while nothing is selected.
    bool showsCell() const { return showsCell_; }
    int cellPitch() const { return cellPitch_; }
    void hideCell();

    void copy();
    void cut();
    void paste();
    void pasteExactly();
    void duplicate();
    void remove();
    void removeWithControllers();
    void selectAll();
    void selectNone();
    void invertSelection();
    void moveBy(int pitchSteps, int timeSteps, bool ticks);
    void lengthenBy(int steps, bool ticks);
    void toggleMark(score::NoteMarks mark, const QString& on, const QString& off);
    void louder(int by);
    void split();
    void join();
    /// `extends`: the neighbour is selected as well.
    void selectNeighbour(int direction, bool extends = false);
    /// The next lower (1) or higher (-1) note that sounds when the first selected one starts.
    void selectVoice(int direction);
    void choose(NoteChoice choice);
    void openChoices();
    void openMenu();
    void goToBar(int direction);
    void goTo(score::Tick at);
    void toggleNoteInCell();
    void toggleOption(bool RollOptions::*which);
    void zoomToSelection();
    void rememberView(); // for zoomBack
    void zoomBack();
    void fitSong();
    void fitTrack();
    /// Notes drawn from now on last 1/value; 0: a step of the grid.
    void setNewLength(int value);
    RollState& state() { return state_; }

Q_SIGNALS:
    void cellChanged();
    void laneRequested();
    void menuRequested(); // at the selection
    void choicesRequested(QMenu* menu);

private:
    struct Match {
        const Row* row = nullptr;
        bool isFirstStroke = false; // of keys that take two
    };
    Match find(const QKeyEvent& event) const;
    bool isOpen(const Shortcut& command) const;
    std::vector<score::NoteId> chosen();
    void addChoices(QMenu& menu);
    std::vector<score::NoteId> selectable() const;
    score::KeyMap rowsUp(const std::vector<score::Note>& notes, int rows) const;
    void pasteAtCursor(bool exactly);
    void moveCell(int pitchSteps, int timeSteps, bool ticks);
    void reveal(score::Tick at);

    RollState& state_;
    QKeySequence firstStroke_; // "T" of "T, P"
    bool showsCell_ = false;
    int cellPitch_ = 60;
    std::vector<RollGeometry> views_;
    QElapsedTimer sinceNothing_; // Esc found nothing to leave
    std::function<void(QMenu&)> operations_;
};

} // namespace continuo::ui
