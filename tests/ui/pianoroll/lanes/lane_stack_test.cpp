#include "tests/ui/pianoroll/lanes/lane_fixture.h"

#include "ui/pianoroll/lanes/lane_picker.h"
#include "ui/theme/fonts.h"
#include "ui/widgets/search_field.h"

#include <QFontMetricsF>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

LaneSubject controller(int number) { return LaneSubject::control(score::ControlLine::controller(number)); }

std::vector<LaneSubject> subjectsOf(RollFixture& roll) {
    std::vector<LaneSubject> subjects;
    for (const auto* lane : roll.panel.lanes().lanes()) subjects.push_back(lane->subject());
    return subjects;
}

} // namespace

class LaneStackTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itBeginsWithVelocityAndInLargeWindowsThePedal() {
        RollFixture roll;
        QCOMPARE(subjectsOf(roll), (std::vector{LaneSubject::velocity(), controller(64)}));
        roll.panel.resize(900, 620);
        QCoreApplication::processEvents();
        QCOMPARE(subjectsOf(roll), std::vector{LaneSubject::velocity()});
    }

    void theSelectorPutsWhatTheTrackUsesFirst() {
        auto piece = withModulation();
        score::IdMint mint(piece);
        for (int i = 0; i < 9; ++i)
            piece.tracks[0].events.push_back(score::eventOf(score::ControlLine::pitchBend(), mint.event(), {3000}, i));
        const auto groups = laneChoices(&piece.tracks[0], {64}, false);
        QCOMPARE(groups[0].choices[0].name, QStringLiteral("Pitch bend"));
        QCOMPARE(groups[0].choices[0].events, std::size_t{9});
        QCOMPARE(groups[0].choices.size(), std::size_t{4}); // bend, three notes, modulation, program
        QVERIFY(groups[1].choices.back().name == QStringLiteral("Pressure of E4"));
        QCOMPARE(groups[2].choices.size(), std::size_t{128});
        QCOMPARE(groups[2].choices[7].name, QStringLiteral("Volume  7"));
    }

    void noNameIsCutInANarrowGutter() {
        const QFontMetricsF metrics(textFont(TextSize::Caption, Weight::Medium));
        for (const auto& group : laneChoices(nullptr, {127}, true))
            for (const auto& choice : group.choices) {
                const auto name = shortNameOf(choice.subject, true);
                QVERIFY2(metrics.horizontalAdvance(name) <= 60 - 13 - 2, qPrintable(name));
            }
    }

    void typingInTheSelectorAddsALane() {
        RollFixture roll;
        roll.panel.lanes().openPicker({50, 50});
        auto* picker = roll.panel.findChild<LanePicker*>();
        auto* field = picker->findChild<SearchField*>();
        QTest::keyClicks(field, QStringLiteral("brightn"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(subjectsOf(roll).back(), controller(74));
        roll.panel.lanes().addLane(controller(74)); // once is enough
        QCOMPARE(roll.panel.lanes().lanes().size(), std::size_t{3});
    }

    void theUpperEdgeIsDraggedForTheHeight() {
        LaneFixture lane(controller(1));
        const int before = lane.lane->height(), roll = lane.roll.view().height();
        const auto edge = lane.lane->mapToGlobal(QPointF(300, 1));
        const auto send = [&](QEvent::Type type, double up, Qt::MouseButtons buttons) {
            const auto global = edge - QPointF(0, up);
            QMouseEvent event(type, lane.lane->mapFromGlobal(global), global, Qt::LeftButton, buttons, {});
            QApplication::sendEvent(lane.lane, &event);
        };
        send(QEvent::MouseButtonPress, 0, Qt::LeftButton);
        send(QEvent::MouseMove, 40, Qt::LeftButton);
        send(QEvent::MouseButtonRelease, 40, Qt::NoButton);
        QCoreApplication::processEvents();
        QCOMPARE(lane.lane->height(), before + 40);
        QCOMPARE(lane.roll.view().height(), roll - 40);
        QCOMPARE(lane.undos(), 0);
    }

    void aLaneFoldsAndCloses() {
        LaneFixture lane(controller(1));
        lane.click({4, 10}); // the chevron
        QVERIFY(lane.lane->isFolded() && lane.lane->height() < 24);
        lane.click({4, 10});
        QVERIFY(!lane.lane->isFolded() && lane.lane->height() > 40);
        QVERIFY(lane.choose(QStringLiteral("Close the lane")));
        QCOMPARE(subjectsOf(lane.roll), (std::vector{LaneSubject::velocity(), controller(64)}));
    }

    void thePictureOfToolsChoosesOne() {
        LaneFixture lane(controller(1));
        lane.click({22, lane.lane->height() - 10.0});
        QCOMPARE(lane.roll.panel.lanes().tools().tool(), LaneTool::Line);
    }

    void theSetIsKeptForEachDocument() {
        RollFixture roll;
        auto& document = roll.document;
        document.replace(threeNotes(), "/a.mid");
        roll.panel.lanes().addLane(controller(1));
        document.replace(threeNotes(), "/b.mid");
        QCOMPARE(subjectsOf(roll).size(), std::size_t{2});
        document.replace(threeNotes(), "/a.mid");
        QCOMPARE(subjectsOf(roll).back(), controller(1));
        roll.panel.resize(900, 620); // chosen by hand: the window no longer chooses
        QCoreApplication::processEvents();
        QCOMPARE(subjectsOf(roll).size(), std::size_t{3});
    }

    void manyLanesLeaveRoomForTheRoll() {
        RollFixture roll;
        for (int number = 0; number < 12; ++number) roll.panel.lanes().addLane(controller(number));
        QCoreApplication::processEvents();
        QVERIFY(roll.panel.lanes().height() <= roll.panel.height() / 2 + 20);
        QVERIFY(roll.view().height() >= 80);
        for (const auto* lane : roll.panel.lanes().lanes()) QVERIFY(lane->height() >= 18);
    }

    void lanesShareTheTimeOfTheRoll() {
        LaneFixture lane(controller(1));
        const auto before = lane.roll.panel.state().geometry().scrollX;
        lane.wheel({300, 20}, -2, Qt::ShiftModifier);
        QVERIFY(lane.roll.panel.state().geometry().scrollX > before);
        for (const auto* each : lane.roll.panel.lanes().lanes())
            QCOMPARE(each->mapTo(&lane.roll.panel, QPoint(each->gutter(), 0)).x(),
                     lane.roll.view().mapTo(&lane.roll.panel, QPoint(0, 0)).x());
    }
};

QTEST_MAIN(LaneStackTest)
#include "lane_stack_test.moc"
