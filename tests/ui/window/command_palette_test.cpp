#include "tests/ui/window/studio_fixture.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_commands.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/window/command_palette.h"

#include <QListView>
#include <QMenuBar>
#include <QTest>
#include <map>

using namespace continuo;
using namespace continuo::ui;
using test::StudioFixture;

namespace {

CommandPalette* open(StudioFixture& studio) {
    QTest::keyClick(&studio.window, Qt::Key_K, Qt::ControlModifier);
    return studio.window.findChild<CommandPalette*>();
}

QString firstFound(const CommandPalette& palette) {
    const auto* list = palette.findChild<QListView*>();
    return list->model()->index(0, 0).data().toString();
}

} // namespace

class CommandPaletteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void betterMatchesComeFirst() {
        const PaletteEntry quantize{"Quantize", "Notes, Time", {}, {}}, requantize{"Not quantize", "", {}, {}};
        QVERIFY(paletteScore(quantize, "quan") > paletteScore(requantize, "quan"));
        QVERIFY(paletteScore(quantize, "time qu") > 0);
        QVERIFY(paletteScore(quantize, "qtz") > 0);
        QCOMPARE(paletteScore(quantize, "zq"), 0);
        QCOMPARE(paletteScore(quantize, "quantize velocity"), 0);
        QVERIFY(paletteScore(quantize, "") > 0);
    }

    void typingFindsAndEnterDoes() {
        StudioFixture studio;
        auto* palette = open(studio);
        QVERIFY(palette);
        QTest::keyClicks(QApplication::focusWidget(), "add a tr");
        QCOMPARE(firstFound(*palette), "Add a track…");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    }

    void toolsOfTheRollAreFoundToo() {
        StudioFixture studio;
        auto* palette = open(studio);
        QTest::keyClicks(QApplication::focusWidget(), "knife");
        QCOMPARE(firstFound(*palette), "Knife tool");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(studio.window.findChild<RollPanel*>()->state().tool(), RollTool::Knife);
    }

    void aChordIsWrittenByName() {
        StudioFixture studio;
        const auto before = score::noteCount(studio.document.score());
        auto* palette = open(studio);
        QTest::keyClicks(QApplication::focusWidget(), "!Cm7");
        QCOMPARE(firstFound(*palette), "Write Cm7");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(score::noteCount(studio.document.score()), before + 4);
        QCOMPARE(studio.document.history().undoText(), "Write a chord");
    }

    void prefixesNarrowTheSearch() {
        StudioFixture studio;
        auto* palette = open(studio);
        QTest::keyClicks(QApplication::focusWidget(), "#light");
        QCOMPARE(firstFound(*palette), "light");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), ">write");
        QCOMPARE(firstFound(*palette), "Write the next bars");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), "/save");
        QCOMPARE(firstFound(*palette), "Save");
    }

    void noKeyHasTwoMeanings() {
        StudioFixture studio;
        std::map<QKeySequence, QString> seen;
        const std::function<void(const QList<QAction*>&)> look = [&](const QList<QAction*>& actions) {
            for (auto* action : actions) {
                if (action->menu()) look(action->menu()->actions());
                if (action->shortcutContext() == Qt::WidgetShortcut) continue; // keys of the roll, shown only
                for (const auto& key : action->shortcuts()) {
                    const bool isNew = seen.emplace(key, action->text()).second;
                    QVERIFY2(isNew, qPrintable(key.toString() + ": " + seen[key] + " and " + action->text()));
                }
            }
        };
        look(studio.window.findChild<QMenuBar*>()->actions());
    }
};

QTEST_MAIN(CommandPaletteTest)
#include "command_palette_test.moc"
