#include "tests/ui/pianoroll/lanes/lane_fixture.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

struct Velocities : LaneFixture {
    explicit Velocities(score::Score piece = threeNotes()) : LaneFixture(LaneSubject::velocity(), std::move(piece)) {}
    int velocity(std::size_t index) { return roll.notes()[index].velocity; }
    /// On the head of a note.
    QPointF head(std::size_t index) {
        const auto& note = roll.notes()[index];
        return at(note.onset.fromStart, note.velocity) + QPointF(3, 0);
    }
    /// So many values higher.
    QPointF up(double values) { return {0, y(values / 127) - y(0)}; }
};

score::Score chord() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    for (const int pitch : {60, 64, 67}) piece.tracks[0].notes.push_back(noteAt(mint, 960, pitch));
    return piece;
}

} // namespace

class NoteValueLaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void draggingAHeadIsRelativeForTheSelection() {
        Velocities lane;
        lane.roll.key(Qt::Key_A, Qt::ControlModifier);
        lane.drag(lane.head(0), lane.head(0) + lane.up(20));
        for (std::size_t i = 0; i < 3; ++i) QCOMPARE(lane.velocity(i), 100);
        QCOMPARE(lane.undos(), 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Change velocity of 3 notes"));
        lane.document().history().undo();
        QCOMPARE(lane.velocity(1), 80);
    }

    void ctrlGivesTheSelectionOneValueAndAltOneNoteAlone() {
        auto piece = threeNotes();
        piece.tracks[0].notes[1].velocity = 40;
        Velocities lane(piece);
        lane.roll.key(Qt::Key_A, Qt::ControlModifier);
        lane.drag(lane.head(0), lane.head(0) + lane.up(20), Qt::ControlModifier);
        for (std::size_t i = 0; i < 3; ++i) QCOMPARE(lane.velocity(i), 100);
        lane.drag(lane.head(2), lane.head(2) + lane.up(-50), Qt::AltModifier);
        QCOMPARE(lane.velocity(2), 50);
        QCOMPARE(lane.velocity(0), 100);
        QCOMPARE(lane.undos(), 2);
        QCOMPARE(lane.undoText(), QStringLiteral("Change velocity of note"));
    }

    void draggingAcrossPaints() {
        Velocities lane;
        lane.drag(lane.at(400, 127), lane.at(2500, 1));
        QCOMPARE(lane.velocity(0), 80);
        QVERIFY(lane.velocity(1) > lane.velocity(2) && lane.velocity(2) != 80);
        QCOMPARE(lane.undos(), 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Change velocity of 2 notes"));
    }

    void shiftDragIsALineFromPressToPointer() {
        Velocities lane;
        lane.press(lane.at(600, 40), Qt::ShiftModifier);
        lane.move(lane.at(1500, 127), Qt::ShiftModifier); // a detour
        lane.move(lane.at(2400, 110), Qt::ShiftModifier);
        lane.release(lane.at(2400, 110), Qt::ShiftModifier);
        QVERIFY(std::abs(lane.velocity(1) - (40 + 70 * 390 / 1800)) <= 2); // stems stand 3 px behind their onset
        QVERIFY(std::abs(lane.velocity(2) - (40 + 70 * 1350 / 1800)) <= 2);
        QCOMPARE(lane.velocity(0), 80);
        QCOMPARE(lane.undos(), 1);
    }

    void ctrlDragIsACurveLevelAtBothEnds() {
        Velocities lane;
        lane.drag(lane.at(700, 10), lane.at(2700, 110), Qt::ControlModifier);
        QVERIFY(lane.velocity(1) < 10 + 100 * 290 / 2000); // below the line in the first half
        QVERIFY(lane.velocity(2) > 10 + 100 * 1250 / 2000);
        QCOMPARE(lane.undos(), 1);
    }

    void theWheelWhileDrawingSaysHowFarToGo() {
        Velocities lane;
        lane.press(lane.at(600, 120), Qt::ShiftModifier);
        lane.move(lane.at(2400, 120), Qt::ShiftModifier);
        for (int i = 0; i < 5; ++i) lane.wheel(lane.at(2400, 120), -1);
        lane.release(lane.at(2400, 120), Qt::ShiftModifier);
        QVERIFY(std::abs(lane.velocity(1) - 100) <= 1);
        QCOMPARE(lane.undos(), 1);
    }

    void paintingChangesOnlySelectedNotesWhereSomeAreInView() {
        Velocities lane;
        lane.document().selection().select({lane.roll.notes()[1].id});
        lane.drag(lane.at(400, 127), lane.at(2500, 1));
        QVERIFY(lane.velocity(1) != 80);
        QCOMPARE(lane.velocity(2), 80);
    }

    void lockedNotesStay() {
        auto piece = threeNotes();
        piece.tracks[0].notes[1].marks = score::NoteMarks::Locked;
        Velocities lane(piece);
        lane.drag(lane.at(400, 127), lane.at(2500, 1));
        QCOMPARE(lane.velocity(1), 80);
        QVERIFY(lane.velocity(2) != 80);
    }

    void escPutsBackAndLeavesNoStep() {
        Velocities lane;
        lane.press(lane.head(0));
        lane.move(lane.head(0) + lane.up(30));
        QVERIFY(!lane.roll.panel.state().preview().isEmpty());
        lane.key(Qt::Key_Escape);
        lane.release(lane.head(0) + lane.up(30));
        QCOMPARE(lane.velocity(0), 80);
        QCOMPARE(lane.undos(), 0);
        QVERIFY(lane.roll.panel.state().preview().isEmpty());
    }

    void aClickSelectsAndTheWheelChanges() {
        Velocities lane;
        lane.click(lane.head(1));
        QVERIFY(lane.roll.isSelected(1) && !lane.roll.isSelected(0));
        lane.wheel(lane.head(1), 1);
        QCOMPARE(lane.velocity(1), 82);
        QCOMPARE(lane.undoText(), QStringLiteral("Change velocity of note"));
    }

    void stemsOfAChordFanOutWithTheSelectedInFront() {
        Velocities lane(chord());
        lane.document().selection().select({lane.roll.notes()[1].id});
        // 3 px between them: each stem can be taken on its own.
        lane.drag(lane.head(0) + QPointF(6, 0), lane.head(0) + QPointF(6, 0) + lane.up(20), Qt::AltModifier);
        QCOMPARE(lane.velocity(2), 100);
        QCOMPARE(lane.velocity(0), 80);
        lane.drag(lane.head(0) + QPointF(1.5, 0), lane.head(0) + QPointF(1.5, 0) + lane.up(-20));
        QCOMPARE(lane.velocity(1), 60); // between two: the selected one
        QCOMPARE(lane.velocity(0), 80);
    }

    void keysChangeTheSelectedNotes() {
        Velocities lane;
        lane.roll.key(Qt::Key_A, Qt::ControlModifier);
        lane.key(Qt::Key_Up);
        lane.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(lane.velocity(2), 71);
        QVERIFY(lane.lane->accessibleDescription().contains(QStringLiteral("3 notes selected, 71")));
    }

    void releasesHaveTheirOwnLane() {
        LaneFixture lane(LaneSubject::release());
        lane.press(lane.at(0, 64) + QPointF(3, 0));
        lane.move(lane.at(0, 20) + QPointF(3, 0));
        lane.release(lane.at(0, 20) + QPointF(3, 0));
        QVERIFY(std::abs(lane.roll.notes()[0].release - 20) <= 1);
        QCOMPARE(lane.roll.notes()[0].velocity, std::uint8_t{80});
        QCOMPARE(lane.undoText(), QStringLiteral("Change release of note"));
        lane.drag(lane.at(800, 0), lane.at(2500, 0));
        QCOMPARE(lane.roll.notes()[2].release, std::uint8_t{0});
    }

    void theMenuOffersTheVelocityTools() {
        Velocities lane;
        lane.roll.panel.setOperations([](QMenu& menu) { menu.addAction(QStringLiteral("Ramp")); });
        QVERIFY(lane.choose(QStringLiteral("Ramp")));
    }
};

QTEST_MAIN(NoteValueLaneTest)
#include "note_value_lane_test.moc"
