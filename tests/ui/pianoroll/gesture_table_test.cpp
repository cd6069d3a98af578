#include "ui/pianoroll/gesture_table.h"

#include <QTest>
#include <set>

using namespace continuo::ui;

class GestureTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noGestureHasTwoMeanings() {
        std::set<std::tuple<RollTool, Spot, Trigger>> seen;
        for (const auto& row : gestureTable()) QVERIFY(seen.emplace(row.tool, row.spot, row.trigger).second);
    }

    void everyToolSaysWhatADragDoesOnNotesAndBesideThem() {
        for (const auto& tool : toolTable())
            for (const auto spot : {Spot::Empty, Spot::Note, Spot::StartEdge, Spot::EndEdge}) {
                QVERIFY(actionFor(tool.tool, spot, Trigger::Drag) != Action::None);
                QVERIFY(!hintFor(tool.tool, spot, 1).isEmpty());
            }
    }

    void edgesResizeOnlyWhereNotesAreMoved() {
        QCOMPARE(actionFor(RollTool::Select, Spot::EndEdge, Trigger::Drag), Action::ResizeEnd);
        QCOMPARE(actionFor(RollTool::Draw, Spot::StartEdge, Trigger::Drag), Action::ResizeStart);
        QCOMPARE(actionFor(RollTool::Erase, Spot::EndEdge, Trigger::Drag), Action::Erase);
        QCOMPARE(actionFor(RollTool::Select, Spot::EndEdge, Trigger::Click), Action::SelectNote);
    }

    void theMiddleButtonAlwaysPans() {
        for (const auto& tool : toolTable())
            QCOMPARE(actionFor(tool.tool, Spot::Note, Trigger::MiddleDrag), Action::Pan);
    }
};

QTEST_APPLESS_MAIN(GestureTableTest)
#include "gesture_table_test.moc"
