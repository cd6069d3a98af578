#include "ui/pianoroll/gesture_cursors.h"
#include "ui/pianoroll/gesture_words.h"
#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme_reader.h"

#include <QTest>
#include <algorithm>
#include <set>

using namespace continuo::ui;

namespace {

const std::array kSpots{Spot::Empty, Spot::Note, Spot::NoteTop, Spot::StartEdge, Spot::EndEdge, Spot::Joint};

} // namespace

class GestureTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(shortcutBook().keepIn({})); }

    void aTableWithAFaultIsRefused_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::newRow("no json") << QByteArray("{") << QByteArray("");
        QTest::newRow("a tool") << QByteArray("\"tool\": \"knife\"") << QByteArray("\"tool\": \"spoon\"");
        QTest::newRow("a spot") << QByteArray("\"on\": \"noteTop\"") << QByteArray("\"on\": \"noteBottom\"");
        QTest::newRow("a gesture") << QByteArray("\"double-click\"") << QByteArray("\"triple-click\"");
        QTest::newRow("a modifier") << QByteArray("\"Ctrl+Shift drag\"") << QByteArray("\"Fn drag\"");
        QTest::newRow("an action") << QByteArray("\"resizeEnd\"}") << QByteArray("\"resizeBoth\"}");
        QTest::newRow("a role") << QByteArray("\"oneAxis\"") << QByteArray("\"noAxis\"");
    }
    void aTableWithAFaultIsRefused() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        auto bytes = resourceBytes(":/gestures.json");
        QVERIFY(readGestures({bytes.data(), static_cast<std::size_t>(bytes.size())}));
        QVERIFY(bytes.contains(from));
        bytes.replace(from, to);
        QVERIFY(!readGestures({bytes.data(), static_cast<std::size_t>(bytes.size())}));
    }

    void eachPresetOfKeysHasOneOfGestures() {
        for (const auto& name : shortcutBook().table().presetNames())
            QVERIFY2(gestureBook().presets.contains(name), qPrintable(name));
    }

    void noGestureHasTwoMeanings() {
        for (const auto& [name, table] : gestureBook().presets) {
            std::set<QString> seen;
            for (const auto& row : table.entries()) QVERIFY2(seen.insert(gestureId(row)).second, qPrintable(name));
        }
    }

    void everyGestureHasANameThatReadsBack() {
        for (const auto& [name, table] : gestureBook().presets)
            for (const auto& row : table.entries()) {
                const auto read = readGestureId(gestureId(row));
                QVERIFY(read && read->tool == row.tool && read->spot == row.spot && read->trigger == row.trigger &&
                        read->modifiers == row.modifiers);
                QCOMPARE(readActionId(actionId(row.action)), std::optional(row.action));
            }
        QVERIFY(!readGestureId("select note wave"));
    }

    void everyToolSaysInEachPresetWhatADragDoesOnNotesAndBesideThem() {
        for (const auto& name : shortcutBook().table().presetNames()) {
            shortcutBook().usePreset(name);
            for (const auto& tool : toolTable())
                for (const auto spot : kSpots) {
                    QVERIFY(actionFor(tool.tool, spot, Trigger::Drag) != Action::None);
                    QVERIFY(!hintFor(tool.tool, spot, 1).isEmpty());
                    QVERIFY(gesturesAt(tool.tool, spot, 1).size() >= 2);
                }
        }
    }

    void edgesResizeOnlyWhereNotesAreMoved() {
        QCOMPARE(actionFor(RollTool::Select, Spot::EndEdge, Trigger::Drag), Action::ResizeEnd);
        QCOMPARE(actionFor(RollTool::Select, Spot::Joint, Trigger::Drag), Action::ResizeEnd);
        QCOMPARE(actionFor(RollTool::Draw, Spot::StartEdge, Trigger::Drag), Action::ResizeStart);
        QCOMPARE(actionFor(RollTool::Erase, Spot::EndEdge, Trigger::Drag), Action::Erase);
        QCOMPARE(actionFor(RollTool::Select, Spot::EndEdge, Trigger::Click), Action::SelectNote);
    }

    void theMiddleButtonAlwaysPans() {
        for (const auto& tool : toolTable())
            QCOMPARE(actionFor(tool.tool, Spot::Note, Trigger::MiddleDrag), Action::Pan);
    }

    void modifiersChooseTheRowThatNamesMostOfThem() {
        const auto find = [](Qt::KeyboardModifiers held) {
            return gestures().find(RollTool::Select, Spot::Empty, Trigger::Drag, held);
        };
        QCOMPARE(find({}).action, Action::Band);
        QCOMPARE(find(Qt::ShiftModifier).action, Action::Band);
        QCOMPARE(find(Qt::ShiftModifier).used, Qt::KeyboardModifiers());
        QCOMPARE(find(Qt::ShiftModifier | Qt::ControlModifier).action, Action::Lasso);
        QCOMPARE(find(Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier).used,
                 Qt::ShiftModifier | Qt::ControlModifier);
        QCOMPARE(actionFor(RollTool::Select, Spot::EndEdge, Trigger::Drag, Qt::ControlModifier), Action::ResizeEnd);
    }

    void eachProgramHasItsHabits() {
        const auto does = [](const char* preset, RollTool tool, Spot spot, Trigger trigger,
                             Qt::KeyboardModifiers held = {}) {
            shortcutBook().usePreset(preset);
            return actionFor(tool, spot, trigger, held);
        };
        using enum Trigger;
        QCOMPARE(does("FL-like", RollTool::Draw, Spot::Empty, Click), Action::PlaceNote);
        QCOMPARE(gestures().firstTool(), RollTool::Draw);
        QCOMPARE(does("FL-like", RollTool::Draw, Spot::Note, RightClick), Action::Erase);
        QCOMPARE(does("FL-like", RollTool::Draw, Spot::Note, Drag, Qt::ShiftModifier), Action::Copy);
        QCOMPARE(does("FL-like", RollTool::Draw, Spot::Empty, Drag, Qt::ControlModifier), Action::Band);
        QCOMPARE(does("REAPER-like", RollTool::Select, Spot::Empty, Drag), Action::DrawNote);
        QCOMPARE(does("REAPER-like", RollTool::Select, Spot::Empty, RightDrag), Action::Band);
        QCOMPARE(does("REAPER-like", RollTool::Select, Spot::Note, Drag, Qt::ControlModifier), Action::Copy);
        QCOMPARE(does("Logic-like", RollTool::Select, Spot::Note, Drag, Qt::AltModifier), Action::Copy);
        QCOMPARE(does("Logic-like", RollTool::Select, Spot::Empty, Click, Qt::ControlModifier), Action::DrawNote);
        QCOMPARE(does("Logic-like", RollTool::Select, Spot::Note, Click, Qt::ShiftModifier), Action::ToggleNote);
    }

    void rolesAreTranslatedAndModifiersThatChoseAGestureDoNotCount() {
        shortcutBook().usePreset("REAPER-like");
        const auto& roles = gestures().rolesOf(Action::Move);
        QCOMPARE(meaningOf(roles, Qt::ShiftModifier, {}), Qt::KeyboardModifiers(Qt::AltModifier));
        QCOMPARE(meaningOf(roles, Qt::ShiftModifier, Qt::ShiftModifier), Qt::KeyboardModifiers());
    }

    void ownGesturesLieOverThePreset() {
        shortcutBook().setGesture("select note double-click", "adoptNote");
        QCOMPARE(actionFor(RollTool::Select, Spot::Note, Trigger::DoubleClick), Action::AdoptNote);
        shortcutBook().resetGesture("select note double-click");
        QCOMPARE(actionFor(RollTool::Select, Spot::Note, Trigger::DoubleClick), Action::DeleteNote);
    }

    void hintsAreWrittenFromTheTable() {
        const auto plain = hintFor(RollTool::Select, Spot::Note, 3);
        QVERIFY2(plain.startsWith("Drag moves 3 notes"), qPrintable(plain));
        QVERIFY(plain.contains("[Alt]no snap") && plain.contains("[Ctrl]copies 3 notes"));
        const auto held = hintFor(RollTool::Select, Spot::Note, 1, Qt::ControlModifier);
        QVERIFY2(held.startsWith("Drag copies the note"), qPrintable(held));
        const auto during = hintDuring(Action::Move, 1, Qt::AltModifier, {});
        QVERIFY2(during.startsWith("Moves the note: no snap") && !during.contains("[Alt]"), qPrintable(during));
        shortcutBook().usePreset("FL-like");
        QVERIFY(hintFor(RollTool::Draw, Spot::Note, 1).contains("[Shift]copies the note"));
        QVERIFY(hintAt("ruler").contains("plays from here"));
    }

    void everyCursorIsADrawing() {
        for (const auto& [name, table] : gestureBook().presets)
            for (const auto& row : table.entries())
                for (const bool free : {false, true}) {
                    const auto shape = cursorName(row.action, row.spot.value_or(Spot::Empty), RollTool::Select, free);
                    QVERIFY2(shape == "arrow" || hasIcon(shape.section('+', 0, 0)), qPrintable(shape));
                }
        QCOMPARE(cursorName(Action::Copy, Spot::Note, RollTool::Select, true), "copy-note+free");
    }
};

QTEST_MAIN(GestureTableTest)
#include "gesture_table_test.moc"
