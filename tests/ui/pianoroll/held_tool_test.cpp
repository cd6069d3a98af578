#include "tests/ui/pianoroll/roll_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

class HeldToolTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTappedKeyChangesTheTool() {
        RollFixture roll;
        roll.key(Qt::Key_B);
        QCOMPARE(roll.panel.state().tool(), RollTool::Draw);
    }

    void aHeldKeyLendsTheToolForOneDrag() {
        RollFixture roll;
        QTest::keyPress(&roll.view(), Qt::Key_5);
        QCOMPARE(roll.panel.state().tool(), RollTool::Erase);
        roll.click(roll.at(100, 60));
        QTest::keyRelease(&roll.view(), Qt::Key_5);
        QCOMPARE(roll.notes().size(), std::size_t{2});
        QCOMPARE(roll.panel.state().tool(), RollTool::Select);
    }

    void eachToolIsLentWhileItsKeyIsHeldAndStaysAfterATap_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < toolTable().size(); ++i) QTest::newRow(toolTable()[i].id) << static_cast<int>(i);
    }
    void eachToolIsLentWhileItsKeyIsHeldAndStaysAfterATap() {
        QFETCH(int, index);
        const auto& tool = toolTable()[static_cast<std::size_t>(index)];
        const auto other = tool.tool == RollTool::Select ? RollTool::Draw : RollTool::Select;
        for (const auto& keys : shortcut(QLatin1String(tool.id)).keys) {
            RollFixture roll;
            auto& state = roll.panel.state();
            state.setTool(other);
            QTest::keyPress(&roll.view(), keys[0].key());
            QCOMPARE(state.tool(), tool.tool);
            roll.click(roll.at(5000, 74));
            QTest::keyRelease(&roll.view(), keys[0].key());
            QCOMPARE(state.tool(), other);
            QTest::keyClick(&roll.view(), keys[0].key());
            QCOMPARE(state.tool(), tool.tool);
        }
    }

    void theSnapKeySwitchesWhileItIsHeldAndStaysAfterATap() {
        RollFixture roll;
        auto& state = roll.panel.state();
        QTest::keyPress(&roll.view(), Qt::Key_N);
        QVERIFY(!state.grid().on);
        roll.drag(roll.at(1100, 64), roll.at(1100 + 70, 64));
        QTest::keyRelease(&roll.view(), Qt::Key_N);
        QVERIFY(state.grid().on);
        QCOMPARE(roll.notes()[1].onset.fromStart, 960 + 70);
        QTest::keyClick(&roll.view(), Qt::Key_N);
        QVERIFY(!state.grid().on);
    }

    void otherProgramsKeysAreHeldAsWell() {
        RollFixture roll;
        shortcutBook().usePreset("FL-like");
        QTest::keyPress(&roll.view(), Qt::Key_D);
        QCOMPARE(roll.panel.state().tool(), RollTool::Erase);
        roll.click(roll.at(100, 60));
        QTest::keyRelease(&roll.view(), Qt::Key_D);
        QCOMPARE(roll.panel.state().tool(), RollTool::Draw);
        QVERIFY(shortcutBook().keepIn({}));
    }

    void spaceTappedPlaysAndHeldPans() {
        RollFixture roll;
        QSignalSpy plays(&roll.panel, &RollPanel::playToggleRequested);
        roll.key(Qt::Key_Space);
        QCOMPARE(plays.count(), 1);

        const auto before = roll.panel.state().geometry();
        QTest::keyPress(&roll.view(), Qt::Key_Space);
        roll.drag(roll.at(3000, 62), roll.at(2000, 60));
        QTest::keyRelease(&roll.view(), Qt::Key_Space);
        QCOMPARE(plays.count(), 1);
        QVERIFY(std::abs(roll.panel.state().geometry().scrollX - before.scrollX - 100) < 1);
        QCOMPARE(roll.notes().size(), std::size_t{3});
        QCOMPARE(roll.panel.state().tool(), RollTool::Select);
    }

    void zTappedShowsTheSelectionAndHeldZoomsIntoAFrame() {
        RollFixture roll;
        QTest::keyPress(&roll.view(), Qt::Key_Z);
        roll.drag(roll.at(960, 70), roll.at(1920, 60));
        QTest::keyRelease(&roll.view(), Qt::Key_Z);
        const auto& zoomed = roll.panel.state().geometry();
        QVERIFY(zoomed.pixelsPerTick > 0.5);
        QVERIFY(zoomed.xOf({960}) >= 0 && zoomed.xOf({1920}) <= roll.view().width());
        QCOMPARE(roll.document.history().count(), 0);

        roll.key(Qt::Key_Z, Qt::ShiftModifier);
        QCOMPARE(roll.panel.state().geometry().pixelsPerTick, 0.1);
    }

    void aWindowThatLosesTheKeyboardGivesTheToolBack() {
        RollFixture roll;
        QTest::keyPress(&roll.view(), Qt::Key_Space);
        QCOMPARE(roll.panel.state().tool(), RollTool::Hand);
        QFocusEvent lost(QEvent::FocusOut);
        QApplication::sendEvent(&roll.view(), &lost);
        QCOMPARE(roll.panel.state().tool(), RollTool::Select);
    }
};

QTEST_MAIN(HeldToolTest)
#include "held_tool_test.moc"
