#include "tests/ui/pianoroll/roll_fixture.h"

#include <QAction>
#include <algorithm>
#include <set>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;
using score::NoteMarks;

class PianoRollKeyboardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arrowsMoveTheSelection() {
        RollFixture roll;
        roll.document.selection().select({roll.notes()[1].id});
        roll.key(Qt::Key_Up);
        roll.key(Qt::Key_Up);
        roll.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{54});
        QCOMPARE(roll.document.history().count(), 1); // nudges merge
        QCOMPARE(roll.undoText(), QStringLiteral("Transpose note"));
        roll.key(Qt::Key_Right);
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 240);
        roll.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 239);
        roll.key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(roll.notes()[1].length.count, 720);
        QCOMPARE(roll.undoText(), QStringLiteral("Resize note"));
    }

    void aPieceCanBeWrittenWithTheKeyboardAlone() {
        RollFixture roll(newPiece());
        roll.document.setInsertCursor({});
        for (int i = 0; i < 16; ++i) {
            roll.key(i % 2 == 0 ? Qt::Key_Up : Qt::Key_Down);
            roll.key(Qt::Key_Return);
            for (int step = 0; step < 4; ++step) roll.key(Qt::Key_Right);
        }
        QCOMPARE(roll.notes().size(), std::size_t{16});
        QCOMPARE(roll.notes()[15].onset.fromStart, 15 * 960);
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_Up, Qt::ShiftModifier);
        roll.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(roll.notes().size(), std::size_t{32});
        QCOMPARE(roll.notes()[16].onset.fromStart, 16 * 960);
        roll.key(Qt::Key_Left, Qt::ShiftModifier);
        QCOMPARE(roll.notes()[16].length.count, 720);
        roll.key(Qt::Key_Delete);
        QCOMPARE(roll.notes().size(), std::size_t{16});
    }

    void pasteKeepsTheOffsetFromTheBeat() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        piece.tracks[0].notes = {noteAt(mint, 960 + 70, 60), noteAt(mint, 960 + 500, 64)};
        RollFixture roll(piece);
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_C, Qt::ControlModifier);
        roll.document.setInsertCursor({7680});
        roll.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.notes()[2].onset.fromStart, 7680 + 70);
        QCOMPARE(roll.notes()[3].onset.fromStart, 7680 + 500);
        QVERIFY(roll.isSelected(2) && roll.isSelected(3) && !roll.isSelected(0));
        QCOMPARE(roll.undoText(), QStringLiteral("Paste 2 notes"));
        QCOMPARE(roll.document.insertCursor().fromStart, 7680 + 3840); // again: the next bar
    }

    void cutIsOneStepAndCanBePasted() {
        RollFixture roll;
        roll.document.selection().select({roll.notes()[0].id});
        roll.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(roll.notes().size(), std::size_t{2});
        QCOMPARE(roll.undoText(), QStringLiteral("Cut note"));
        roll.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(roll.notes().size(), std::size_t{3});
    }

    void pasteExactlyDropsTheOffset() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        piece.tracks[0].notes = {noteAt(mint, 960 + 70, 60), noteAt(mint, 960 + 500, 64)};
        RollFixture roll(piece);
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_C, Qt::ControlModifier);
        roll.document.setInsertCursor({7680});
        roll.key(Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(roll.notes()[2].onset.fromStart, 7680);
        QCOMPARE(roll.notes()[3].onset.fromStart, 7680 + 430);
        roll.document.history().undo();
        QCOMPARE(roll.notes().size(), std::size_t{2});
    }

    void marksAndVelocity() {
        RollFixture roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_0);
        QVERIFY(score::has(roll.notes()[0].marks, NoteMarks::Muted));
        roll.key(Qt::Key_0);
        QVERIFY(!score::has(roll.notes()[0].marks, NoteMarks::Muted));
        roll.key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(score::has(roll.notes()[2].marks, NoteMarks::Locked));
        roll.key(Qt::Key_Plus); // locked notes stay as they are
        QCOMPARE(roll.notes()[0].velocity, std::uint8_t{80});
        roll.key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        roll.key(Qt::Key_Plus);
        QCOMPARE(roll.notes()[0].velocity, std::uint8_t{85});
    }

    void neighboursInvertAndNone() {
        RollFixture roll;
        roll.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(roll.isSelected(0));
        roll.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(roll.isSelected(1) && !roll.isSelected(0));
        roll.key(Qt::Key_I, Qt::ControlModifier);
        QVERIFY(roll.isSelected(0) && !roll.isSelected(1) && roll.isSelected(2));
        roll.key(Qt::Key_Escape);
        QVERIFY(roll.document.selection().isEmpty());
    }

    void keysChooseToolsAndGrid() {
        RollFixture roll;
        auto& state = roll.panel.state();
        roll.key(Qt::Key_B);
        QCOMPARE(state.tool(), RollTool::Draw);
        roll.key(Qt::Key_7);
        QCOMPARE(state.tool(), RollTool::Velocity);
        roll.key(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(state.grid().grid.denominator, 32);
        roll.key(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(state.grid().name(), QStringLiteral("1/32 triplet"));
        roll.key(Qt::Key_4, Qt::ControlModifier);
        QVERIFY(!state.grid().on);
        roll.key(Qt::Key_5, Qt::ControlModifier);
        QCOMPARE(state.grid().mode, SnapGrid::Mode::Medium);
    }

    void barsHomeAndZoom() {
        RollFixture roll;
        roll.key(Qt::Key_PageDown);
        roll.key(Qt::Key_PageDown);
        QCOMPARE(roll.document.insertCursor().fromStart, 7680);
        roll.key(Qt::Key_PageUp);
        QCOMPARE(roll.document.insertCursor().fromStart, 3840);
        roll.key(Qt::Key_Home);
        QCOMPARE(roll.document.insertCursor().fromStart, 0);
        auto& state = roll.panel.state();
        const auto before = state.geometry();
        roll.document.selection().select({roll.notes()[1].id});
        roll.key(Qt::Key_Z);
        const auto x = state.geometry().xOf({960});
        QVERIFY(state.geometry().pixelsPerTick > before.pixelsPerTick && x > 0 && x < 100);
        roll.key(Qt::Key_Z, Qt::ShiftModifier);
        QVERIFY(state.geometry() == before);
        roll.key(Qt::Key_0, Qt::ControlModifier);
        QVERIFY(state.geometry().xOf(roll.document.lastTick()) <= state.viewSize().width());
    }

    void menusOfferTheSameCommands() {
        RollFixture roll;
        QObject owner;
        const auto actions = roll.panel.editActions(&owner);
        const auto found =
            std::ranges::find_if(actions, [](auto* action) { return action->text() == QStringLiteral("Select all"); });
        QVERIFY(found != actions.end());
        QCOMPARE((*found)->shortcut(), QKeySequence(QStringLiteral("Ctrl+A")));
        (*found)->trigger();
        QVERIFY(roll.isSelected(0) && roll.isSelected(1) && roll.isSelected(2));
    }

    void everyRowIsInTheTableOfKeysOnce() {
        std::set<QString> seen;
        for (const auto& row : RollCommands::table()) {
            const auto id = QString::fromLatin1(row.id);
            QVERIFY2(shortcutBook().table().find(id), row.id);
            QVERIFY2(seen.insert(id).second, row.id);
        }
        for (const auto& command : shortcutBook().table().commands)
            if (command.context == QLatin1String("roll")) QVERIFY2(seen.count(command.id), qPrintable(command.id));
    }
};

QTEST_MAIN(PianoRollKeyboardTest)
#include "piano_roll_keyboard_test.moc"
