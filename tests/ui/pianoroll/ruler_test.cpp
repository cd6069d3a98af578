#include "tests/ui/pianoroll/rows/row_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;
constexpr double kUpper = 4, kLower = 18;

struct Hand : RowFixture {
    Ruler& ruler() { return panel.ruler(); }
    QPointF at(std::int64_t tick, double y) { return {xOf(ruler(), tick), y}; }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) { dragIn(ruler(), from, to, modifiers); }
};

} // namespace

class RulerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClickMovesThePlayheadToTheGridAndAltIsFree() {
        Hand roll;
        QSignalSpy seeks(&roll.panel, &RollPanel::seekRequested);
        roll.clickIn(roll.ruler(), roll.at(970, kLower));
        QCOMPARE(seeks.last()[0].value<score::Tick>().fromStart, 960);
        roll.clickIn(roll.ruler(), roll.at(970, kLower), Qt::AltModifier);
        QCOMPARE(seeks.last()[0].value<score::Tick>().fromStart, 970);
    }

    void aDragAlongScrubsAndEscapeGoesBack() {
        Hand roll;
        roll.panel.setPlayhead({500}, false);
        QSignalSpy seeks(&roll.panel, &RollPanel::seekRequested);
        roll.pressIn(roll.ruler(), roll.at(960, kLower));
        roll.moveIn(roll.ruler(), roll.at(1920, kLower));
        roll.moveIn(roll.ruler(), roll.at(2880, kLower));
        QCOMPARE(seeks.last()[0].value<score::Tick>().fromStart, 2880);
        QTest::keyClick(&roll.ruler(), Qt::Key_Escape);
        QCOMPARE(seeks.last()[0].value<score::Tick>().fromStart, 500);
        const auto count = seeks.size();
        roll.releaseIn(roll.ruler(), roll.at(2880, kLower));
        QCOMPARE(seeks.size(), count);
    }

    void aDragUpOrDownZoomsRoundThePressedTime() {
        Hand roll;
        const auto before = roll.panel.state().geometry();
        const auto press = roll.at(2000, kLower);
        roll.pressIn(roll.ruler(), press);
        roll.moveIn(roll.ruler(), press + QPointF(1, 30));
        roll.moveIn(roll.ruler(), press + QPointF(1, 60));
        const auto zoomed = roll.panel.state().geometry();
        QVERIFY(zoomed.pixelsPerTick > 1.3 * before.pixelsPerTick);
        QVERIFY(std::abs(zoomed.xOf({2000}) - before.xOf({2000})) < 1);
        QTest::keyClick(&roll.ruler(), Qt::Key_Escape);
        QVERIFY(roll.panel.state().geometry() == before);
        roll.releaseIn(roll.ruler(), press);
    }

    void theLoopIsDrawnMovedByItsBodyAndItsEdges() {
        Hand roll;
        const auto loop = [&] { return roll.document.mix().loop.value_or(score::TickRange{}); };
        roll.drag(roll.at(960, kUpper), roll.at(kBar, kUpper));
        QVERIFY(loop() == (score::TickRange{{960}, {kBar}}));
        roll.drag(roll.at(2000, kUpper), roll.at(2960, kUpper));
        QVERIFY(loop() == (score::TickRange{{1920}, {kBar + 960}}));
        roll.drag(roll.at(kBar + 960, kUpper), roll.at(2 * kBar, kUpper));
        QVERIFY(loop() == (score::TickRange{{1920}, {2 * kBar}}));
        roll.pressIn(roll.ruler(), roll.at(1920, kUpper));
        roll.moveIn(roll.ruler(), roll.at(960, kUpper));
        QCOMPARE(loop().start.fromStart, 960);
        QTest::keyClick(&roll.ruler(), Qt::Key_Escape);
        roll.releaseIn(roll.ruler(), roll.at(960, kUpper));
        QVERIFY(loop() == (score::TickRange{{1920}, {2 * kBar}}));
    }

    void controlAndAltSetTheEndsOfTheLoop() {
        Hand roll;
        roll.clickIn(roll.ruler(), roll.at(960, kLower), Qt::ControlModifier);
        QCOMPARE(roll.document.mix().loop->start.fromStart, 960);
        roll.clickIn(roll.ruler(), roll.at(2880, kLower), Qt::AltModifier);
        QVERIFY(roll.document.mix().loop == (score::TickRange{{960}, {2880}}));
    }

    void spaceAndDragMeasure() {
        Hand roll;
        QSignalSpy hints(&roll.panel, &RollPanel::hintChanged), seeks(&roll.panel, &RollPanel::seekRequested);
        roll.panel.state().holdTool(RollTool::Hand); // what the held Space does
        roll.pressIn(roll.ruler(), roll.at(960, kLower));
        roll.moveIn(roll.ruler(), roll.at(960 + kBar + 480, kLower));
        QVERIFY2(hints.last()[0].toString().startsWith("4 beats and 480 ticks, 2.250 s"),
                 qPrintable(hints.last()[0].toString()));
        roll.releaseIn(roll.ruler(), roll.at(960 + kBar + 480, kLower));
        roll.panel.state().holdTool({});
        QCOMPARE(seeks.size(), 0);
    }

    void theMenuPutsThingsWhereItWasOpened() {
        Hand roll;
        auto& ruler = roll.ruler();
        QVERIFY(roll.choose(ruler, 2 * kBar, "Section here…"));
        roll.type(roll.rows().sections(), "Chorus");
        QCOMPARE(score::sectionsOf(roll.document.score()).at(0).range.start.fromStart, 2 * kBar);
        QVERIFY(roll.choose(ruler, kBar, "Key or scale here…"));
        roll.type(roll.rows().keys(), "D");
        QCOMPARE(roll.document.score().keys.at(0).at.fromStart, kBar);
        QSignalSpy operations(&roll.panel, &RollPanel::operationRequested);
        QVERIFY(roll.choose(ruler, kBar, "Insert time here…"));
        QCOMPARE(operations.last()[0].toString(), QString("insertTime"));
        QCOMPARE(roll.document.insertCursor().fromStart, kBar);
    }

    void theSelectionIsLooped() {
        Hand roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(roll.choose(roll.ruler(), 0, "Loop the selection"));
        QVERIFY(roll.document.mix().loop == (score::TickRange{{0}, {2400}}));
    }

    void unitsAreChosenAndDrawn() {
        Hand roll;
        auto& ruler = roll.ruler();
        const auto bars = ruler.grab().toImage();
        QSignalSpy changes(&ruler, &Ruler::unitChanged);
        QVERIFY(roll.choose(ruler, 0, "Minutes and seconds"));
        QVERIFY(ruler.unit() == RulerUnit::Time && changes.size() == 1);
        QVERIFY(ruler.grab().toImage() != bars);
        const int height = ruler.sizeHint().height();
        QVERIFY(roll.choose(ruler, 0, "Both"));
        QVERIFY(ruler.sizeHint().height() > height);
    }

    void rowsAreHiddenAndShown() {
        Hand roll;
        auto& rows = roll.rows();
        QVERIFY(roll.choose(roll.ruler(), 0, "Tempo curve"));
        QVERIFY(!rows.tempo().isVisible());
        rows.setShownIds(false, {"chords"});
        QVERIFY(rows.chords().isVisible() && !rows.sections().isVisible());
        rows.insert(TimeRows::Insert::Meter, {kBar});
        QVERIFY(rows.signs().isVisible() && rows.signs().isTyping());
        QCOMPARE(rows.shownIds(false), (QStringList{"chords", "signs"}));
    }
};

QTEST_MAIN(RulerTest)
#include "ruler_test.moc"
