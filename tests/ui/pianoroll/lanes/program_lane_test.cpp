#include "tests/ui/pianoroll/lanes/lane_fixture.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

struct Programs : LaneFixture {
    Programs() : LaneFixture(LaneSubject::control(score::ControlLine::program()), piece()) {
        roll.panel.setInstruments([](int program, bool) { return QStringLiteral("P%1").arg(program); },
                                  [this](int program, bool, QPoint, std::function<void(int)> chosen) {
                                      offered = program;
                                      chosen(73);
                                  });
    }
    static score::Score piece() {
        auto piece = threeNotes();
        score::IdMint mint(piece);
        piece.tracks[0].events.push_back(score::eventOf(score::ControlLine::program(), mint.event(), {1920}, 40));
        return piece;
    }
    QPointF flag(std::int64_t tick) { return {x(tick) + 4, lane->height() / 2.0}; }
    int offered = -1;
};

} // namespace

class ProgramLaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void flagsAreDraggedAndDeleted() {
        Programs lane;
        lane.drag(lane.flag(1920), lane.flag(2880));
        QCOMPARE(lane.events()[1].at, score::Tick{2880});
        QCOMPARE(lane.undoText(), QStringLiteral("Move program"));
        lane.key(Qt::Key_Delete);
        QCOMPARE(lane.events().size(), std::size_t{1});
        QCOMPARE(lane.undoText(), QStringLiteral("Delete program"));
        lane.document().history().undo();
        lane.document().history().undo();
        QCOMPARE(lane.events()[1].at, score::Tick{1920});
    }

    void doubleClickOffersTheProgramThatHoldsThere() {
        Programs lane;
        lane.doubleClick(lane.flag(1920));
        QCOMPARE(lane.offered, 40);
        QCOMPARE(lane.valueAt(1920), 73);
        QCOMPARE(lane.events().size(), std::size_t{2});
        lane.doubleClick(lane.flag(6000)); // empty: a new flag
        QCOMPARE(lane.offered, 73);
        QCOMPARE(lane.events().size(), std::size_t{3});
        QCOMPARE(lane.undoText(), QStringLiteral("Choose program"));
        QCOMPARE(lane.undos(), 2);
    }

    void keysStepMoveAndChange() {
        Programs lane;
        lane.snapTo(score::Grid::of(4));
        lane.document().setInsertCursor({1000});
        lane.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(lane.lane->accessibleDescription().contains(QStringLiteral("P40 at bar 1 beat 3")));
        lane.key(Qt::Key_Left);
        QCOMPARE(lane.events()[1].at, score::Tick{960});
        lane.key(Qt::Key_Up);
        QCOMPARE(lane.valueAt(960), 41);
        lane.document().setInsertCursor({4800});
        lane.key(Qt::Key_Return);
        QCOMPARE(lane.valueAt(4800), 73);
    }

    void escPutsBack() {
        Programs lane;
        lane.press(lane.flag(1920));
        lane.move(lane.flag(2880));
        lane.key(Qt::Key_Escape);
        lane.release(lane.flag(2880));
        QCOMPARE(lane.events()[1].at, score::Tick{1920});
        QCOMPARE(lane.undos(), 0);
    }
};

QTEST_MAIN(ProgramLaneTest)
#include "program_lane_test.moc"
