#pragma once

#include "ui/pianoroll/note_clipboard.h"
#include "ui/pianoroll/roll_state.h"

#include <QKeySequence>
#include <functional>

class QKeyEvent;
class QAction;
class QMenu;

namespace continuo::ui {

/// What the keyboard and the menus do in the roll: one table of names, keys and functions.
class RollCommands : public QObject {
    Q_OBJECT

public:
    struct Row {
        const char* name; // "Duplicate"; for menus
        const char* keys; // "Ctrl+D", several separated by a space
        std::function<void(RollCommands&)> run;
        bool inMenu = false;
        bool needsNotes = false; // of the selection
    };

    explicit RollCommands(RollState& state, QObject* parent = nullptr);

    /// Runs the command of a key; false where it has none.
    bool handle(const QKeyEvent& event);
    bool knows(const QKeyEvent& event) const;
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
    void duplicate();
    void remove();
    void selectAll();
    void selectNone();
    void invertSelection();
    void moveBy(int pitchSteps, int timeSteps, bool ticks);
    void lengthenBy(int steps, bool ticks);
    void toggleMark(score::NoteMarks mark, const QString& on, const QString& off);
    void louder(int by);
    void split();
    void join();
    void selectNeighbour(int direction);
    void goToBar(int direction);
    void goTo(score::Tick at);
    void toggleNoteInCell();
    void zoomToSelection();
    void rememberView(); // for zoomBack
    void zoomBack();
    void fitSong();
    RollState& state() { return state_; }

Q_SIGNALS:
    void cellChanged();

private:
    const Row* find(const QKeyEvent& event) const;
    std::vector<score::NoteId> chosen();
    void moveCell(int pitchSteps, int timeSteps, bool ticks);
    void reveal(score::Tick at);

    RollState& state_;
    bool showsCell_ = false;
    int cellPitch_ = 60;
    std::vector<RollGeometry> views_;
    std::function<void(QMenu&)> operations_;
};

} // namespace continuo::ui
