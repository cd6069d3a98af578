#include "engine/base/random.h"
#include "tests/ui/pianoroll/roll_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;
using score::NoteMarks;

class PianoRollMouseTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubleClickAddsANoteOnTheGrid() {
        RollFixture roll;
        roll.doubleClick(roll.at(3000, 62));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.notes()[3].onset.fromStart, 2880);
        QCOMPARE(roll.notes()[3].pitch, std::uint8_t{62});
        QCOMPARE(roll.undoText(), QStringLiteral("Add note"));
        QVERIFY(roll.isSelected(3));
    }

    void doubleClickDeletesANote() {
        RollFixture roll;
        roll.doubleClick(roll.at(1200, 64));
        QCOMPARE(roll.notes().size(), std::size_t{2});
        QCOMPARE(roll.undoText(), QStringLiteral("Delete note"));
    }

    void drawToolDrawsWithLengthAndPitch() {
        RollFixture roll;
        roll.panel.state().setTool(RollTool::Draw);
        roll.drag(roll.at(3840, 62), roll.at(4800, 65));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.notes()[3].length.count, 960);
        QCOMPARE(roll.notes()[3].pitch, std::uint8_t{65});
        roll.click(roll.at(5760, 62)); // as long as the last
        QCOMPARE(roll.notes()[4].length.count, 960);
        roll.click(roll.at(5800, 62), {}, Qt::RightButton);
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.document.history().count(), 3);
    }

    void aNoteDrawnIntoAPieceWithoutTracksBringsOne() {
        RollFixture roll{score::Score{}};
        roll.doubleClick(roll.at(960, 62));
        QCOMPARE(roll.document.score().tracks.size(), std::size_t{1});
        roll.document.history().undo();
        QVERIFY(roll.document.score() == score::Score{});
    }

    void dragMovesByWholeStepsAndIsOneStepOfUndo() {
        RollFixture roll;
        const auto before = roll.document.score();
        roll.drag(roll.at(1200, 64), roll.at(1200 + 530, 66));
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 480);
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{66});
        QCOMPARE(roll.document.history().count(), 1);
        QCOMPARE(roll.undoText(), QStringLiteral("Move note"));
        roll.document.history().undo();
        QVERIFY(roll.document.score() == before);
    }

    void dragMovesTheWholeSelectionAndKeepsItInside() {
        RollFixture roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.drag(roll.at(1100, 64), roll.at(1100 - 5000, 64));
        QCOMPARE(roll.notes()[0].onset.fromStart, 0);
        QCOMPARE(roll.notes()[1].onset.fromStart, 960);
        roll.drag(roll.at(1100, 64), roll.at(1100 + 960, 60));
        QCOMPARE(roll.undoText(), QStringLiteral("Move 3 notes"));
        QCOMPARE(roll.notes()[0].onset.fromStart, 960);
        QCOMPARE(roll.notes()[2].pitch, std::uint8_t{63});
    }

    void theEndOfANeighbourCatchesADraggedNote() {
        RollFixture roll; // 1 pixel for 10 ticks
        roll.panel.state().adopt({480}, 80);
        roll.doubleClick(roll.at(3000, 70)); // 2880 to 3360
        roll.press(roll.at(3100, 70));
        roll.move(roll.at(3100 + 40, 70));
        roll.move(roll.at(3100 - 460, 70)); // free start 2420: the end of the third note, 2400, is 2 pixels away
        roll.release(roll.at(3100 - 460, 70));
        QCOMPARE(roll.notes().back().onset.fromStart, std::int64_t{2400});
    }

    void altIsFreeOfTheGrid() {
        RollFixture roll;
        roll.drag(roll.at(1100, 64), roll.at(1100 + 70, 64), Qt::AltModifier);
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 70);
    }

    void shiftKeepsToTheAxisThatMovedFirst() {
        RollFixture roll;
        roll.press(roll.at(1100, 64));
        roll.move(roll.at(1600, 64), Qt::ShiftModifier);
        roll.move(roll.at(2060, 70), Qt::ShiftModifier);
        roll.release(roll.at(2060, 70), Qt::ShiftModifier);
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{64});
        QCOMPARE(roll.notes()[1].onset.fromStart, 1920);
    }

    void modifiersAreReadDuringTheDrag() {
        RollFixture roll;
        roll.press(roll.at(1100, 64));
        roll.move(roll.at(1100 + 333, 67));
        QCOMPARE(roll.panel.state().preview().notes.at(0).onset.fromStart, 960 + 240);
        QTest::keyPress(&roll.view(), Qt::Key_Alt, Qt::AltModifier);
        QCOMPARE(roll.panel.state().preview().notes.at(0).onset.fromStart, 960 + 333);
        QTest::keyRelease(&roll.view(), Qt::Key_Alt);
        QTest::keyPress(&roll.view(), Qt::Key_Shift, Qt::ShiftModifier);
        QCOMPARE(roll.panel.state().preview().notes.at(0).pitch, std::uint8_t{67}); // the first move was upwards
        QCOMPARE(roll.panel.state().preview().notes.at(0).onset.fromStart, 960);
        QTest::keyRelease(&roll.view(), Qt::Key_Shift);
        roll.release(roll.at(1100 + 333, 67));
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 240);
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{67});
    }

    void controlAtTheStartCopies() {
        RollFixture roll;
        const auto original = roll.notes()[1];
        roll.press(roll.at(1100, 64), Qt::ControlModifier);
        roll.move(roll.at(1400, 64), Qt::ControlModifier);
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("copy-note"));
        roll.move(roll.at(1100 + 1920, 64)); // letting go of Ctrl changes nothing
        roll.release(roll.at(1100 + 1920, 64));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QVERIFY(roll.notes()[1] == original);
        QCOMPARE(roll.notes()[3].onset.fromStart, 960 + 1920);
        QVERIFY(roll.isSelected(3) && !roll.isSelected(1));
        QCOMPARE(roll.undoText(), QStringLiteral("Copy note"));
    }

    void escapePutsEverythingBack() {
        RollFixture roll;
        roll.document.selection().select({roll.notes()[0].id});
        const auto before = roll.document.score();
        roll.press(roll.at(1100, 64));
        roll.move(roll.at(2000, 70));
        QVERIFY(!roll.panel.state().preview().isEmpty());
        roll.key(Qt::Key_Escape);
        roll.move(roll.at(2100, 71));
        roll.release(roll.at(2100, 71));
        QVERIFY(roll.document.score() == before);
        QVERIFY(roll.panel.state().preview().isEmpty());
        QVERIFY(roll.isSelected(0) && !roll.isSelected(1));
        QVERIFY(!roll.document.history().canUndo());
    }

    void anEdgeResizesAllSelectedNotes() {
        RollFixture roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.drag(roll.at(960 + 460, 64), roll.at(960 + 960, 64));
        QCOMPARE(roll.notes()[1].length.count, 960);
        QCOMPARE(roll.notes()[0].length.count, 960);
        QCOMPARE(roll.undoText(), QStringLiteral("Resize 3 notes"));
        roll.document.history().undo();
        roll.drag(roll.at(960 + 460, 64), roll.at(960 - 5000, 64));
        QVERIFY(roll.notes()[1].length.count >= 1);
    }

    void theLeftEdgeMovesTheStartAndKeepsTheEnd() {
        RollFixture roll;
        roll.drag(roll.at(1920 + 30, 67), roll.at(1920 - 210, 67));
        QCOMPARE(roll.notes()[2].onset.fromStart, 1680);
        QCOMPARE(roll.notes()[2].end().fromStart, 2400);
    }

    void aBandSelectsWhatItTouches() {
        RollFixture roll;
        roll.drag(roll.at(700, 70), roll.at(1000, 60));
        QVERIFY(!roll.isSelected(0) && roll.isSelected(1) && !roll.isSelected(2));
        roll.drag(roll.at(1800, 70), roll.at(2000, 66), Qt::ShiftModifier);
        QVERIFY(roll.isSelected(1) && roll.isSelected(2));
        roll.drag(roll.at(700, 70), roll.at(1000, 60), Qt::AltModifier);
        QVERIFY(!roll.isSelected(1) && roll.isSelected(2));
        roll.drag(roll.at(700, 70), roll.at(2000, 60), Qt::ControlModifier);
        QVERIFY(roll.isSelected(1) && !roll.isSelected(2));
        QVERIFY(!roll.document.history().canUndo());
    }

    void aBandOverTheRulerChoosesBars() {
        RollFixture roll;
        roll.drag(roll.at(4000, 70), QPointF(roll.at(8000, 70).x(), -10));
        const auto range = roll.document.selection().range();
        QVERIFY(range.has_value());
        QCOMPARE(range->start.fromStart, 3840);
        QCOMPARE(range->end.fromStart, 3840 * 3);
    }

    void clicksSelectToggleAndExtend() {
        RollFixture roll;
        roll.click(roll.at(100, 60));
        roll.click(roll.at(2000, 67), Qt::ControlModifier);
        QVERIFY(roll.isSelected(0) && !roll.isSelected(1) && roll.isSelected(2));
        roll.click(roll.at(100, 60));
        roll.click(roll.at(2000, 67), Qt::ShiftModifier);
        QVERIFY(roll.isSelected(0) && roll.isSelected(1) && roll.isSelected(2));
        roll.click(roll.at(3000, 70));
        QVERIFY(roll.document.selection().isEmpty());
        QCOMPARE(roll.document.insertCursor().fromStart, 3120);
    }

    void eraseMuteKnifeAndVelocityAreOneStepEach() {
        RollFixture roll;
        auto& state = roll.panel.state();
        state.setTool(RollTool::Mute);
        roll.drag(roll.at(100, 60), roll.at(1200, 64));
        QVERIFY(score::has(roll.notes()[0].marks, NoteMarks::Muted) &&
                score::has(roll.notes()[1].marks, NoteMarks::Muted));
        QCOMPARE(roll.undoText(), QStringLiteral("Mute 2 notes"));
        state.setTool(RollTool::Knife);
        roll.drag(roll.at(1200, 68), roll.at(1200, 61));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.notes()[1].length.count, 240);
        QCOMPARE(roll.notes()[2].onset.fromStart, 1200);
        state.setTool(RollTool::Velocity);
        roll.drag(roll.at(100, 60), roll.at(100, 60) - QPointF(0, 20));
        QCOMPARE(roll.notes()[0].velocity, std::uint8_t{95});
        state.setTool(RollTool::Erase);
        roll.drag(roll.at(100, 60), roll.at(2100, 67));
        QCOMPARE(roll.undoText(), QStringLiteral("Erase 4 notes"));
        QCOMPARE(roll.document.history().count(), 4);
        while (roll.document.history().canUndo()) roll.document.history().undo();
        QVERIFY(roll.document.score() == threeNotes());
    }

    void controlWheelZoomsAtThePointer() {
        RollFixture roll;
        auto& state = roll.panel.state();
        state.scrollTo({3000});
        const QPointF pointer(333, 120);
        const double tick = state.geometry().tickReal(pointer.x());
        for (const int notches : {1, 3, -2}) {
            roll.wheel(pointer, notches, Qt::ControlModifier);
            QVERIFY(std::abs(state.geometry().tickReal(pointer.x()) - tick) < 0.5);
        }
        const double row = (pointer.y() + state.geometry().scrollY) / state.geometry().rowHeight;
        roll.wheel(pointer, 1, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(std::abs((pointer.y() + state.geometry().scrollY) / state.geometry().rowHeight - row) < 0.01);
    }

    void wheelScrollsAndMiddleDragPans() {
        RollFixture roll;
        auto& state = roll.panel.state();
        const auto before = state.geometry();
        roll.wheel({100, 100}, -1, {});
        QCOMPARE(state.geometry().scrollY, before.scrollY + 3 * before.rowHeight);
        roll.wheel({100, 100}, -1, Qt::ShiftModifier);
        QVERIFY(state.geometry().scrollX > before.scrollX);
        const auto scrolled = state.geometry();
        roll.drag({200, 200}, {150, 180}, {}, Qt::MiddleButton);
        QCOMPARE(state.geometry().scrollX, scrolled.scrollX + 50);
        QCOMPARE(state.geometry().scrollY, scrolled.scrollY + 20);
    }

    void altWheelOverANoteChangesItsVelocity() {
        RollFixture roll;
        roll.wheel(roll.at(1100, 64), 1, Qt::AltModifier);
        QCOMPARE(roll.notes()[1].velocity, std::uint8_t{82});
    }

    void pressingANoteSoundsUntilTheRelease() {
        RollFixture roll;
        QSignalSpy sounds(&roll.panel, &RollPanel::auditionRequested);
        QSignalSpy ends(&roll.panel, &RollPanel::auditionEnded);
        roll.press(roll.at(1100, 64));
        QCOMPARE(sounds.size(), 1);
        QCOMPARE(sounds[0][1].toInt(), 64);
        roll.move(roll.at(1100, 66));
        QCOMPARE(sounds.last()[1].toInt(), 66);
        roll.release(roll.at(1100, 66));
        QCOMPARE(ends.size(), 1);
    }

    void hintsAndCursorsSayWhatWillHappen() {
        RollFixture roll;
        QSignalSpy hints(&roll.panel, &RollPanel::hintChanged);
        roll.move(roll.at(1200, 64));
        QVERIFY(hints.last()[0].toString().startsWith(QStringLiteral("Drag moves the note")));
        roll.move(roll.at(960 + 470, 64));
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("resize-end"));
        roll.move(roll.at(3000, 70));
        QVERIFY(hints.last()[0].toString().contains(QStringLiteral("Double-click adds")));
    }

    void aThousandRandomGesturesUndoAndRedoExactly() {
        RollFixture roll;
        base::Random random(31);
        const auto before = roll.document.score();
        const auto somewhere = [&] {
            return QPointF(static_cast<double>(random.between(0, 900)), static_cast<double>(random.between(0, 350)));
        };
        const std::array tools{RollTool::Select, RollTool::Draw,     RollTool::Knife,
                               RollTool::Mute,   RollTool::Velocity, RollTool::Erase};
        const std::array<Qt::KeyboardModifiers, 4> modifiers{Qt::NoModifier, Qt::ShiftModifier, Qt::AltModifier,
                                                             Qt::ControlModifier};
        for (int i = 0; i < 1000; ++i) {
            roll.panel.state().setTool(tools[random.below(i % 7 == 0 ? 6 : 5)]);
            if (random.below(5) == 0) roll.key(Qt::Key_A, Qt::ControlModifier);
            if (random.below(9) == 0) roll.key(Qt::Key_D, Qt::ControlModifier);
            if (roll.notes().size() > 300) roll.key(Qt::Key_Delete);
            roll.drag(somewhere(), somewhere(), modifiers[random.below(4)]);
        }
        const auto after = roll.document.score();
        QVERIFY(roll.document.history().count() > 200);
        while (roll.document.history().canUndo()) roll.document.history().undo();
        QVERIFY(roll.document.score() == before);
        while (roll.document.history().canRedo()) roll.document.history().redo();
        QVERIFY(roll.document.score() == after);
    }
};

QTEST_MAIN(PianoRollMouseTest)
#include "piano_roll_mouse_test.moc"
