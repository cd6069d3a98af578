#include "tests/ui/pianoroll/lanes/lane_fixture.h"

#include "engine/score/operations/pitch_bend.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

const auto kModulation = score::ControlLine::controller(1);

struct Modulation : LaneFixture {
    explicit Modulation(score::Score piece = withModulation())
        : LaneFixture(LaneSubject::control(kModulation), std::move(piece)) {}
    void use(LaneTool tool) { roll.panel.lanes().tools().setTool(tool); }
};

struct Bend : LaneFixture {
    explicit Bend(score::Score piece = threeNotes())
        : LaneFixture(LaneSubject::control(score::ControlLine::pitchBend()), std::move(piece)) {}
    QPointF bent(std::int64_t tick, int bend) { return at(tick, bend + 8192, 16383); }
};

} // namespace

class CurveLaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBrushWritesWhatItIsDraggedOverInOneStep() {
        Modulation lane(threeNotes());
        const auto before = lane.document().score();
        lane.drag(lane.at(500, 10), lane.at(3500, 110));
        QVERIFY(std::abs(lane.valueAt(2000) - 60) <= 3);
        QVERIFY(lane.valueAt(100) == 0 && lane.valueAt(3600) >= 107);
        QCOMPARE(lane.undos(), 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Draw modulation"));
        for (std::size_t i = 1; i < lane.events().size(); ++i)
            QVERIFY((lane.events()[i].at - lane.events()[i - 1].at).count >= 10);
        lane.document().history().undo();
        QVERIFY(lane.document().score() == before);
    }

    void aThinnerBrushWritesFewerEvents() {
        Modulation lane(threeNotes());
        lane.drag(lane.at(500, 10), lane.at(3500, 110));
        const auto dense = lane.events().size();
        lane.document().history().undo();
        QVERIFY(lane.choose(QStringLiteral("An event each 240 ticks")));
        lane.drag(lane.at(500, 10), lane.at(3500, 110));
        QVERIFY(lane.events().size() <= 14 && lane.events().size() * 4 < dense);
    }

    void shiftDrawsALineAndCtrlAParabola() {
        Modulation lane(threeNotes());
        lane.press(lane.at(500, 0), Qt::ShiftModifier);
        lane.move(lane.at(1000, 127), Qt::ShiftModifier);
        lane.move(lane.at(2500, 100), Qt::ShiftModifier);
        lane.release(lane.at(2500, 100), Qt::ShiftModifier);
        QVERIFY(std::abs(lane.valueAt(1500) - 50) <= 2);
        QVERIFY(lane.events().size() <= 102);
        lane.document().history().undo();
        lane.drag(lane.at(500, 0), lane.at(2500, 100), Qt::ControlModifier);
        QVERIFY(std::abs(lane.valueAt(1500) - 25) <= 2);
        QCOMPARE(lane.undos(), 1);
    }

    void theWheelBendsAParabolaTheOtherWay() {
        Modulation lane(threeNotes());
        lane.use(LaneTool::Parabola);
        lane.press(lane.at(500, 0));
        lane.move(lane.at(2500, 100));
        for (int i = 0; i < 8; ++i) lane.wheel(lane.at(2500, 100), -1);
        lane.release(lane.at(2500, 100));
        QVERIFY(std::abs(lane.valueAt(1500) - 75) <= 2);
    }

    void aWaveSwingsAroundWhereItBegan() {
        Modulation lane(threeNotes());
        lane.use(LaneTool::Sine);
        lane.drag(lane.at(0, 64), lane.at(1920, 100));
        QVERIFY(std::abs(lane.valueAt(240) - 100) <= 2);
        QVERIFY(std::abs(lane.valueAt(720) - 28) <= 2);
        QVERIFY(std::abs(lane.valueAt(1200) - 100) <= 2);
    }

    void aClickWritesOnePoint() {
        Modulation lane(threeNotes());
        lane.click(lane.at(480, 90));
        QCOMPARE(lane.events().size(), std::size_t{1});
        QVERIFY(std::abs(lane.valueAt(480) - 90) <= 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Add point"));
        QVERIFY(lane.choose(QStringLiteral("Lines")));
        lane.click(lane.at(1440, 30));
        QVERIFY(std::abs(lane.valueAt(960) - 60) <= 2); // the way to it is a line
        QCOMPARE(lane.undos(), 2);
    }

    void pointsMoveInTimeAndValue() {
        Modulation lane;
        lane.drag(lane.at(1000, 60), lane.at(1500, 80));
        QCOMPARE(lane.events().size(), std::size_t{3});
        QCOMPARE(lane.events()[1].at, score::Tick{1500});
        QVERIFY(std::abs(lane.valueAt(1500) - 80) <= 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Move point"));
        lane.document().history().undo();
        QCOMPARE(lane.events()[1].at, score::Tick{1000});
    }

    void shiftKeepsOneAxisAndTheGridCatchesUnlessAlt() {
        Modulation lane;
        lane.snapTo(score::Grid::of(4));
        lane.drag(lane.at(2000, 100), lane.at(2880, 60), Qt::ShiftModifier);
        QCOMPARE(lane.valueAt(2960), 100);
        QCOMPARE(lane.events()[2].at, score::Tick{2960}); // a beat on, its offset kept
        lane.drag(lane.at(2960, 100), lane.at(3230, 100), Qt::AltModifier);
        QCOMPARE(lane.events()[2].at, score::Tick{3230});
    }

    void aBandSelectsAndDeleteDeletes() {
        Modulation lane;
        lane.use(LaneTool::Select);
        lane.drag(lane.at(700, 127), lane.at(2300, 40));
        lane.key(Qt::Key_Delete);
        QCOMPARE(lane.events().size(), std::size_t{1});
        QCOMPARE(lane.undoText(), QStringLiteral("Delete 2 points"));
        lane.document().history().undo();
        lane.use(LaneTool::Brush);
        lane.drag(lane.at(700, 127), lane.at(1300, 20), {}, Qt::RightButton);
        lane.key(Qt::Key_Delete);
        QCOMPARE(lane.undoText(), QStringLiteral("Delete point"));
    }

    void copiedPointsArePastedAtTheCursorAndScaled() {
        Modulation lane;
        lane.key(Qt::Key_A, Qt::ControlModifier);
        lane.key(Qt::Key_C, Qt::ControlModifier);
        lane.document().setInsertCursor({5000});
        lane.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(lane.events().size(), std::size_t{6});
        QCOMPARE(lane.valueAt(6000), 60);
        QCOMPARE(lane.undoText(), QStringLiteral("Paste 3 points"));
        lane.document().setInsertCursor({10'000});
        QVERIFY(lane.choose(QStringLiteral("Half as strong")));
        QCOMPARE(lane.valueAt(12'000), 50);
        lane.document().setInsertCursor({20'000});
        QVERIFY(lane.choose(QStringLiteral("In twice the time")));
        QCOMPARE(lane.valueAt(24'000), 100);
        QCOMPARE(lane.undos(), 3);
        QCOMPARE(lane.roll.notes().size(), std::size_t{3}); // a clipboard of its own
    }

    void keysMoveAndChangeWithoutAMouse() {
        Modulation lane;
        lane.snapTo(score::Grid::of(4));
        lane.key(Qt::Key_Right, Qt::ControlModifier); // the first at or after the cursor
        lane.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(lane.lane->accessibleDescription().contains(QStringLiteral("60 at bar 1 beat 2")));
        lane.key(Qt::Key_Up);
        lane.key(Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(lane.valueAt(1000), 71);
        lane.key(Qt::Key_Minus);
        QCOMPARE(lane.valueAt(1000), 70);
        lane.key(Qt::Key_Right);
        QCOMPARE(lane.valueAt(1960), 70);
        lane.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(lane.valueAt(1959), 70);
        QCOMPARE(lane.events().size(), std::size_t{3});
        lane.document().setInsertCursor({4800});
        lane.key(Qt::Key_Return);
        QCOMPARE(lane.events().size(), std::size_t{4});
        lane.key(Qt::Key_Escape);
        lane.key(Qt::Key_Delete); // nothing is selected
        QCOMPARE(lane.events().size(), std::size_t{4});
    }

    void joinedPointsBecomeARampOfFewEvents() {
        Modulation lane;
        lane.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(lane.choose(QStringLiteral("By lines")));
        QVERIFY(std::abs(lane.valueAt(500) - 40) <= 1 && std::abs(lane.valueAt(1500) - 80) <= 1);
        QVERIFY(lane.events().size() <= 84);
        QCOMPARE(lane.undoText(), QStringLiteral("Join points"));
        QCOMPARE(lane.undos(), 1);
    }

    void scalingKeepsTheMean() {
        Modulation lane;
        lane.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(lane.choose(QStringLiteral("50 %")));
        QCOMPARE(lane.valueAt(0), 40);
        QCOMPARE(lane.valueAt(2000), 80);
    }

    void doubleClickDeletesAPointAndAddsOne() {
        Modulation lane;
        lane.use(LaneTool::Select);
        lane.doubleClick(lane.at(1000, 60));
        QCOMPARE(lane.events().size(), std::size_t{2});
        lane.doubleClick(lane.at(3000, 30));
        QCOMPARE(lane.events().size(), std::size_t{3});
        QVERIFY(std::abs(lane.valueAt(3000) - 30) <= 1);
    }

    void escPutsBackAndLeavesNoStep() {
        Modulation lane;
        const auto before = lane.document().score();
        for (const auto& from : {lane.at(1000, 60), lane.at(1500, 20)}) {
            lane.press(from);
            lane.move(from + QPointF(60, -20));
            lane.key(Qt::Key_Escape);
            lane.release(from + QPointF(60, -20));
        }
        QVERIFY(lane.document().score() == before);
        QCOMPARE(lane.undos(), 0);
    }

    void aModifierPressedDuringTheDragCounts() {
        Modulation lane(threeNotes());
        lane.press(lane.at(500, 0));
        lane.move(lane.at(1500, 127));
        lane.move(lane.at(2500, 100));
        QTest::keyPress(lane.lane, Qt::Key_Shift);
        lane.release(lane.at(2500, 100), Qt::ShiftModifier);
        QVERIFY(std::abs(lane.valueAt(1500) - 50) <= 2);
    }

    void pressureOfChannelAndKeysIsDrawnLikewise() {
        for (const auto line : {score::ControlLine::channelPressure(), score::ControlLine::keyPressure(64)}) {
            LaneFixture lane(LaneSubject::control(line));
            lane.drag(lane.at(500, 10), lane.at(3500, 110));
            QVERIFY(lane.events().size() > 50);
            QCOMPARE(score::lineOf(lane.events().front()), line);
            QVERIFY(std::abs(lane.valueAt(2000) - 60) <= 3);
        }
    }

    void bendsSnapToSemitonesOfTheRangeOfTheTrackWhileCtrlIsHeld() {
        auto piece = threeNotes();
        score::IdMint mint(piece);
        for (const auto& [number, value] : {std::pair{101, 0}, {100, 0}, {6, 12}})
            piece.tracks[0].events.push_back(
                score::eventOf(score::ControlLine::controller(number), mint.event(), {0}, value));
        Bend lane(piece);
        lane.drag(lane.bent(500, 0), lane.bent(500, 1500), Qt::ControlModifier);
        const auto cents = score::centsOf(lane.events().back().second * 128 + lane.events().back().first - 8192, 1200);
        QVERIFY(std::abs(cents - std::round(cents / 100) * 100) < 0.2 && cents > 90);
        lane.drag(lane.bent(2000, -4000), lane.bent(3000, -4000));
        QVERIFY(std::abs(lane.valueAt(2500) + 4000) < 200);
        QCOMPARE(lane.undoText(), QStringLiteral("Draw pitch bend"));
    }

    void theHintTellsTheDensityAndTheTagIsDrawn() {
        Modulation lane(threeNotes());
        QSignalSpy hints(&lane.roll.panel, &RollPanel::hintChanged);
        lane.move(lane.at(500, 40));
        QVERIFY(hints.last()[0].toString().contains(QStringLiteral("an event each 10 ticks")));
    }

    void aHundredThousandEventsLookTheSameInColumnsAndSteps() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        for (int i = 0; i < 100'000; ++i)
            piece.tracks[0].events.push_back(score::eventOf(kModulation, mint.event(), {i * 10}, i % 100));
        Modulation lane(piece);
        auto geometry = lane.roll.panel.state().geometry();
        geometry.pixelsPerTick = 0.1; // an event a pixel: columns
        lane.roll.panel.state().setGeometry(geometry);
        const auto inkOf = [&] {
            const auto picture = lane.lane->grab().toImage().convertToFormat(QImage::Format_RGB32);
            int count = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = lane.lane->gutter(); x < picture.width(); ++x)
                    count += picture.pixel(x, y) == theme().accent.mark.rgb();
            return count;
        };
        const int columns = inkOf();
        geometry.pixelsPerTick = 0.099; // and a little more than one: columns, too
        lane.roll.panel.state().setGeometry(geometry);
        QVERIFY(std::abs(inkOf() - columns) < columns / 5);
        geometry.pixelsPerTick = 0.15; // steps
        lane.roll.panel.state().setGeometry(geometry);
        QVERIFY(inkOf() > columns / 4);
    }
};

QTEST_MAIN(CurveLaneTest)
#include "curve_lane_test.moc"
