#include "tests/ui/pianoroll/lanes/lane_fixture.h"

#include "ui/pianoroll/roll_commands.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// Three notes with a swell under the second.
score::Score swell() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    for (const auto& [at, value] : {std::pair{1000, 40}, {1200, 90}, {1400, 0}})
        piece.tracks[0].events.push_back(score::eventOf(score::ControlLine::controller(1), mint.event(), {at}, value));
    return piece;
}

struct Swell : LaneFixture {
    Swell() : LaneFixture(LaneSubject::control(score::ControlLine::controller(1)), swell()) {
        roll.document.selection().select({roll.notes()[1].id});
    }
    void carry() {
        auto options = roll.panel.state().options();
        options.carriesControllers = true;
        roll.panel.state().setOptions(options);
    }
};

} // namespace

class CarriedNotesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deletedNotesLeaveTheirControllers() {
        Swell lane;
        lane.roll.key(Qt::Key_Delete);
        QCOMPARE(lane.roll.notes().size(), std::size_t{2});
        QCOMPARE(lane.events().size(), std::size_t{3});
    }

    void deleteWithControllersTakesThemAlongInOneStep() {
        Swell lane;
        const auto before = lane.document().score();
        lane.roll.key(Qt::Key_Delete, Qt::ShiftModifier);
        QCOMPARE(lane.roll.notes().size(), std::size_t{2});
        QVERIFY(lane.events().empty());
        QCOMPARE(lane.undoText(), QStringLiteral("Delete note with controllers"));
        lane.document().history().undo();
        QVERIFY(lane.document().score() == before);
    }

    void movedNotesLeaveControllersUnlessTold() {
        Swell lane;
        lane.roll.drag(lane.roll.at(1100, 64), lane.roll.at(5900, 64));
        QCOMPARE(lane.valueAt(1200), 90);
        lane.document().history().undo();
        lane.carry();
        lane.roll.drag(lane.roll.at(1100, 64), lane.roll.at(5900, 64));
        QCOMPARE(lane.valueAt(1200), 0);
        QCOMPARE(lane.valueAt(6000), 90);
        QCOMPARE(lane.undos(), 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Move note"));
    }

    void keysCarryLikewise() {
        Swell lane;
        lane.carry();
        lane.roll.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(lane.events()[1].at, score::Tick{1201});
        lane.document().history().undo();
        QCOMPARE(lane.events()[1].at, score::Tick{1200});
    }
};

QTEST_MAIN(CarriedNotesTest)
#include "carried_notes_test.moc"
