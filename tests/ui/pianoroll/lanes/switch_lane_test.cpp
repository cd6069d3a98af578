#include "tests/ui/pianoroll/lanes/lane_fixture.h"

#include "engine/score/operations/switches.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

const auto kSustain = score::ControlLine::controller(64);

score::Score withPedal(bool hangs = false) {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    piece.tracks[0].events.push_back(score::eventOf(kSustain, mint.event(), {1000}, 127));
    if (!hangs) piece.tracks[0].events.push_back(score::eventOf(kSustain, mint.event(), {2000}, 0));
    return piece;
}

struct Pedal : LaneFixture {
    explicit Pedal(score::Score piece = withPedal()) : LaneFixture(LaneSubject::control(kSustain), std::move(piece)) {}
    QPointF on(std::int64_t tick) { return at(tick, 64); }
    std::vector<score::TickRange> blocks() {
        std::vector<score::TickRange> ranges;
        for (const auto& span : score::switchSpans(events(), document().lastTick())) ranges.push_back(span.range);
        return ranges;
    }
    using Blocks = std::vector<score::TickRange>;
};

} // namespace

class SwitchLaneTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragOnTheEmptyLaneDrawsABlock() {
        Pedal lane;
        lane.drag(lane.on(3000), lane.on(4000));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1000}, {2000}}, {{3000}, {4000}}}));
        QCOMPARE(lane.undos(), 1);
        QCOMPARE(lane.undoText(), QStringLiteral("Draw pedal"));
        lane.document().history().undo();
        QCOMPARE(lane.blocks().size(), std::size_t{1});
    }

    void edgesAndBodiesAreDragged() {
        Pedal lane;
        lane.drag(lane.on(2000), lane.on(2500));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1000}, {2500}}}));
        QCOMPARE(lane.undoText(), QStringLiteral("Resize pedal"));
        lane.drag(lane.on(1000), lane.on(600));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{600}, {2500}}}));
        lane.drag(lane.on(1500), lane.on(2500));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1600}, {3500}}}));
        QCOMPARE(lane.undoText(), QStringLiteral("Move pedal"));
        QCOMPARE(lane.undos(), 3);
    }

    void blocksSnapToTheGridUnlessAlt() {
        Pedal lane(threeNotes());
        lane.snapTo(score::Grid::of(4));
        lane.drag(lane.on(900), lane.on(2000));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{960}, {1920}}}));
        lane.drag(lane.on(3000), lane.on(3300), Qt::AltModifier);
        QCOMPARE(lane.blocks()[1], (score::TickRange{{3000}, {3300}}));
    }

    void escPutsBack() {
        Pedal lane;
        const auto before = lane.document().score();
        lane.press(lane.on(2000));
        lane.move(lane.on(2900));
        lane.key(Qt::Key_Escape);
        lane.release(lane.on(2900));
        QVERIFY(lane.document().score() == before && lane.undos() == 0);
    }

    void keysAloneDoAll() {
        Pedal lane;
        lane.snapTo(score::Grid::of(4));
        lane.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY(lane.lane->accessibleDescription().contains(QStringLiteral("bar 1 beat 2")));
        lane.key(Qt::Key_Right);
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1960}, {2960}}}));
        lane.key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1960}, {3920}}}));
        lane.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1959}, {3919}}}));
        lane.key(Qt::Key_Delete);
        QVERIFY(lane.blocks().empty());
        lane.document().setInsertCursor({960});
        lane.key(Qt::Key_Return);
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{960}, {1920}}}));
    }

    void doubleClickDeletes() {
        Pedal lane;
        lane.doubleClick(lane.on(1500));
        QVERIFY(lane.blocks().empty());
        QCOMPARE(lane.undoText(), QStringLiteral("Delete pedal"));
    }

    void theMenuPedalsByHarmonyAndRepairs() {
        Pedal lane(withPedal(/*hangs=*/true));
        QVERIFY(lane.choose(QStringLiteral("Repair hanging pedal")));
        QCOMPARE(lane.blocks(), (Pedal::Blocks{{{1000}, {2400}}}));
        QVERIFY(!lane.choose(QStringLiteral("Repair hanging pedal"))); // it hangs no longer
        QVERIFY(lane.choose(QStringLiteral("Pedal by harmony")));
        QCOMPARE(lane.undoText(), QStringLiteral("Pedal by harmony"));
        QCOMPARE(lane.undos(), 2);
    }
};

QTEST_MAIN(SwitchLaneTest)
#include "switch_lane_test.moc"
