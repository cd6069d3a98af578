#include "tests/ui/pianoroll/roll_fixture.h"

#include <QMenu>
#include <QSignalSpy>
#include <algorithm>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;
using score::NoteMarks;

/// The roll without a mouse.
class EditCursorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(shortcutBook().keepIn({})); }

    void sixteenNotesAreAddedMovedCopiedResizedAndDeleted() {
        RollFixture roll(newPiece());
        roll.key(Qt::Key_Home);
        for (int i = 0; i < 16; ++i) {
            roll.key(i % 2 == 0 ? Qt::Key_Up : Qt::Key_Down);
            roll.key(Qt::Key_Return);
            for (int step = 0; step < 4; ++step) roll.key(Qt::Key_Right);
        }
        QCOMPARE(roll.notes().size(), std::size_t{16});
        QCOMPARE(roll.document.history().count(), 16);
        const int first = roll.notes()[0].pitch;

        roll.key(Qt::Key_Home);
        roll.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(roll.isSelected(0));
        for (int i = 1; i < 16; ++i) roll.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(
            std::ranges::all_of(roll.notes(), [&](const auto& n) { return roll.document.selection().contains(n.id); }));
        roll.key(Qt::Key_Up);
        roll.key(Qt::Key_Right);
        QCOMPARE(int{roll.notes()[0].pitch}, first + 1);
        QCOMPARE(roll.notes()[15].onset.fromStart, 15 * 960 + 240);
        QCOMPARE(roll.document.history().undoText(), QStringLiteral("Move 16 notes"));

        roll.key(Qt::Key_BracketRight);
        QCOMPARE(roll.notes()[7].length.count, 960 + 240);
        roll.key(Qt::Key_BracketLeft);
        roll.key(Qt::Key_BracketLeft);
        QCOMPARE(roll.notes()[7].length.count, 960 - 240);

        roll.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(roll.notes().size(), std::size_t{32});
        QVERIFY(!roll.isSelected(0) && roll.isSelected(31));
        roll.key(Qt::Key_Delete);
        QCOMPARE(roll.notes().size(), std::size_t{16});
        while (roll.document.history().canUndo()) roll.document.history().undo();
        QVERIFY(roll.document.score() == newPiece());
    }

    void pagesGoByBarsAndEndsToTheSong() {
        RollFixture roll;
        roll.key(Qt::Key_PageDown);
        QCOMPARE(roll.document.insertCursor().fromStart, 3840);
        roll.key(Qt::Key_End);
        QCOMPARE(roll.document.insertCursor(), roll.document.lastTick());
        roll.key(Qt::Key_Home);
        QCOMPARE(roll.document.insertCursor().fromStart, 0);
    }

    void tabWalksTheVoicesOfAChordAndElseLeavesTheRoll() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        piece.tracks[0].notes = {noteAt(mint, 0, 60), noteAt(mint, 0, 64), noteAt(mint, 0, 67), noteAt(mint, 960, 72)};
        RollFixture roll(piece);
        roll.document.selection().select({roll.notes()[2].id});
        roll.key(Qt::Key_Tab);
        QVERIFY(roll.isSelected(1) && !roll.isSelected(2));
        roll.key(Qt::Key_Tab);
        QVERIFY(roll.isSelected(0));
        roll.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(roll.isSelected(1));
        QVERIFY(roll.view().hasFocus());
        roll.key(Qt::Key_Escape);
        roll.key(Qt::Key_Tab);
        QVERIFY(!roll.view().hasFocus());
        roll.view().setFocus();
        roll.document.selection().select({roll.notes()[0].id});
        roll.key(Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(!roll.view().hasFocus());
        QVERIFY(roll.isSelected(0));
    }

    void escapeLeavesTheCellThenTheSelectionThenTheRangeAndThenIsPanic() {
        RollFixture roll;
        QSignalSpy panics(&roll.panel.state(), &RollState::panicRequested);
        roll.key(Qt::Key_Up);
        auto& selection = roll.document.selection();
        selection.setRange(score::TickRange{{0}, {3840}});
        roll.key(Qt::Key_Escape);
        QVERIFY(!selection.range());
        selection.select({roll.notes()[0].id});
        selection.setRange(score::TickRange{{0}, {3840}});
        roll.key(Qt::Key_Escape);
        QVERIFY(selection.isEmpty() && selection.range());
        roll.key(Qt::Key_Escape);
        QVERIFY(!selection.range());
        QCOMPARE(panics.count(), 0);
        roll.key(Qt::Key_Escape);
        roll.key(Qt::Key_Escape);
        QCOMPARE(panics.count(), 1);
    }

    void returnStopsWhileNoCellIsShown() {
        RollFixture roll;
        QSignalSpy stops(&roll.panel.state(), &RollState::stopRequested);
        roll.key(Qt::Key_Return);
        QCOMPARE(stops.count(), 1);
        QCOMPARE(roll.notes().size(), std::size_t{3});
        roll.key(Qt::Key_Up);
        roll.key(Qt::Key_Return);
        QCOMPARE(stops.count(), 1);
        QCOMPARE(roll.notes().size(), std::size_t{4});
    }

    void theMenuKeyOpensTheMenuAtTheSelection() {
        RollFixture roll;
        roll.document.selection().select({roll.notes()[1].id});
        roll.key(Qt::Key_Menu);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        const auto near = roll.view().mapFromGlobal(menu->pos());
        QVERIFY((QPointF(near) - roll.at(960, 64)).manhattanLength() < 40);
        menu->close();
    }

    void notesAreChosenByWhatTheyHaveInCommon() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        piece.tracks[0].notes = {noteAt(mint, 0, 60, 100), noteAt(mint, 0, 64), noteAt(mint, 480, 61),
                                 noteAt(mint, 960, 60), noteAt(mint, 1920, 72)};
        piece.tracks[0].notes[4].marks = NoteMarks::FromNet;
        RollFixture roll(piece);
        const auto choose = [&](NoteChoice choice, std::size_t from) {
            roll.document.selection().select({roll.notes()[from].id});
            std::vector<int> chosen;
            for (const auto id : notesChosenBy(roll.panel.state(), choice))
                chosen.push_back(
                    static_cast<int>(std::ranges::find(roll.notes(), id, &score::Note::id) - roll.notes().begin()));
            std::ranges::sort(chosen);
            return chosen;
        };
        using Places = std::vector<int>;
        QCOMPARE(choose(NoteChoice::SamePitch, 0), Places({0, 3}));
        QCOMPARE(choose(NoteChoice::SamePitchClass, 0), Places({0, 3, 4}));
        QCOMPARE(choose(NoteChoice::Shorter, 0), Places({0}));
        QCOMPARE(choose(NoteChoice::OutOfScale, 0), Places({2}));
        QCOMPARE(choose(NoteChoice::FromNet, 0), Places({4}));
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(notesChosenBy(roll.panel.state(), NoteChoice::Top).size(), std::size_t{4});
        QCOMPARE(notesChosenBy(roll.panel.state(), NoteChoice::EverySecond).size(), std::size_t{3});
    }

    void lengthsOfNewNotesHaveKeysInTheToolsThatDraw() {
        RollFixture roll;
        roll.key(Qt::Key_2, Qt::AltModifier);
        QCOMPARE(roll.panel.state().newLength().count, 960);
        roll.key(Qt::Key_B);
        roll.key(Qt::Key_2, Qt::AltModifier);
        QCOMPARE(roll.panel.state().newLength().count, 1920);
        roll.key(Qt::Key_QuoteLeft, Qt::AltModifier);
        QCOMPARE(roll.panel.state().newLength().count, 240);
    }

    void keysOfTwoStrokesAreRead() {
        RollFixture roll;
        shortcutBook().usePreset("Logic-like");
        roll.key(Qt::Key_T);
        QCOMPARE(roll.panel.state().tool(), RollTool::Select);
        roll.key(Qt::Key_P);
        QCOMPARE(roll.panel.state().tool(), RollTool::Draw);
        roll.key(Qt::Key_T);
        roll.key(Qt::Key_T);
        QCOMPARE(roll.panel.state().tool(), RollTool::Select);
    }

    void aTickTooFineVelocityByOneAndTheTracksPitches() {
        RollFixture roll;
        roll.document.selection().select({roll.notes()[0].id});
        roll.key(Qt::Key_Plus, Qt::ShiftModifier);
        QCOMPARE(int{roll.notes()[0].velocity}, 81);
        const auto before = roll.panel.state().geometry();
        roll.key(Qt::Key_9, Qt::ControlModifier);
        const auto& now = roll.panel.state().geometry();
        QCOMPARE(now.pixelsPerTick, before.pixelsPerTick);
        QVERIFY(now.yOf(67) >= 0 && now.yOf(60) + now.rowHeight <= roll.view().height());
    }
};

QTEST_MAIN(EditCursorTest)
#include "edit_cursor_test.moc"
