#include "ui/shortcuts/shortcuts.h"

#include "engine/base/files.h"
#include "ui/shortcuts/clashes.h"
#include "ui/shortcuts/key_labels.h"
#include "ui/widgets/icon_button.h"

#include <QAction>
#include <QKeyEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace continuo;
using namespace continuo::ui;

namespace {

QKeySequence key(const char* text) { return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText); }

std::vector<Clash> clashesOf(const QString& preset, const QStringList& menus = {}) {
    const auto& table = shortcutBook().table();
    return findClashes(table.commandsWith(preset, {}), table.desktopKeys, menus);
}

const char kSmall[] = "{\"commands\": [{\"id\": \"a\", \"group\": \"G\", \"name\": \"A\", \"keys\": [\"Ctrl+A\"]},"
                      "{\"id\": \"b\", \"group\": \"G\", \"name\": \"B\", \"keys\": [\"B\"], \"context\": \"roll\"},"
                      "{\"id\": \"c\", \"group\": \"G\", \"name\": \"C\", \"keys\": []}],"
                      "\"presets\": [{\"name\": \"Other\", \"keys\": {\"c\": [\"Ctrl+A\"]}}], \"takenByDesktops\": []}";

} // namespace

class ShortcutsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(shortcutBook().keepIn({})); }

    void aTableWithAFaultIsRefused_data() {
        QTest::addColumn<QByteArray>("table");
        const QByteArray good(kSmall);
        QTest::newRow("no json") << QByteArray("{");
        QTest::newRow("a key that is none") << QByteArray(good).replace("\"Ctrl+A\"", "\"Ctrl+Foo\"");
        QTest::newRow("an id twice") << QByteArray(good).replace("\"id\": \"b\"", "\"id\": \"a\"");
        QTest::newRow("an unknown field") << QByteArray(good).replace("\"context\"", "\"kontext\"");
        QTest::newRow("a preset of nothing") << QByteArray(good).replace("{\"c\": [", "{\"d\": [");
        QTest::newRow("a missing field") << QByteArray(good).replace("\"name\": \"C\", ", "");
    }
    void aTableWithAFaultIsRefused() {
        QFETCH(QByteArray, table);
        QVERIFY(readShortcutTable(kSmall));
        QVERIFY(!readShortcutTable({table.data(), static_cast<std::size_t>(table.size())}));
    }

    void aPresetIsADifferenceAndTakesItsKeysFromOthers() {
        const auto table = *readShortcutTable(kSmall);
        QCOMPARE(table.presetNames(), QStringList({"Continuo", "Other"}));
        const auto commands = table.commandsWith("Other", {});
        QVERIFY(commands[0].keys.isEmpty());
        QCOMPARE(commands[1].keys, QList{key("B")});
        QCOMPARE(commands[2].keys, QList{key("Ctrl+A")});
    }

    void plantedClashesAreFound() {
        const std::vector<Shortcut> commands{{"a", "G", "A", "roll", {key("Alt+F"), key("X")}, {}},
                                             {"b", "G", "B", "roll", {key("X")}, {}},
                                             {"c", "G", "C", "window", {key("X"), key("Alt+Tab")}, {}},
                                             {"d", "G", "D", "events", {key("X")}, {}}};
        const auto clashes = findClashes(commands, {{key("Alt+Tab"), "changes windows"}}, {"&File", "Edit"});
        const auto count = [&](Clash::Kind kind) { return std::ranges::count(clashes, kind, &Clash::kind); };
        QCOMPARE(count(Clash::Kind::Twice), 1);
        QCOMPARE(count(Clash::Kind::Hidden), 3);
        QCOMPARE(count(Clash::Kind::Mnemonic), 1);
        QCOMPARE(count(Clash::Kind::Desktop), 1);
    }

    void noPresetHasAKeyTwiceOrHidesOne_data() {
        QTest::addColumn<QString>("preset");
        for (const auto& name : shortcutBook().table().presetNames()) QTest::newRow(qPrintable(name)) << name;
    }
    void noPresetHasAKeyTwiceOrHidesOne() {
        QFETCH(QString, preset);
        for (const auto& clash : clashesOf(preset))
            if (clash.kind != Clash::Kind::Desktop) QFAIL(qPrintable(clash.says));
    }

    void thereAreFourPresets() {
        QCOMPARE(shortcutBook().table().presetNames(),
                 QStringList({"Continuo", "FL-like", "REAPER-like", "Logic-like"}));
    }

    void menusAndTooltipsFollowTheKeys() {
        QAction action;
        IconButton button("play", "Play", {});
        followKeys(action, "metronome");
        followKeys(button, "Metronome", "metronome");
        QCOMPARE(action.shortcut(), key("Ctrl+M"));
        shortcutBook().usePreset("Logic-like");
        QCOMPARE(action.shortcut(), key("K"));
        QVERIFY(button.toolTip().contains("(K)"));
        shortcutBook().setKeys("metronome", {key("F7"), key("F8")});
        QVERIFY(button.toolTip().contains("(F7, F8)"));
        shortcutBook().resetKeys("metronome");
        QCOMPARE(action.shortcut(), key("K"));
    }

    void ownKeysLieOverEachPresetAndAreKept() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("deep/keys.json").toStdString();
        QVERIFY(shortcutBook().keepIn(file));
        shortcutBook().setKeys("record", {key("F9")});
        shortcutBook().usePreset("REAPER-like");
        QCOMPARE(keyText("record"), QStringLiteral("Ctrl R"));
        shortcutBook().setKeys("record", {});
        shortcutBook().setGesture("select note drag", "copy");
        QVERIFY(shortcutBook().keepIn({}));
        QCOMPARE(keyText("record"), QStringLiteral("R"));
        QVERIFY(shortcutBook().keepIn(file));
        QCOMPARE(shortcutBook().preset(), QStringLiteral("REAPER-like"));
        QVERIFY(shortcut("record").keys.isEmpty());
        QCOMPARE(shortcutBook().ownGestures().at("select note drag"), QStringLiteral("copy"));
        shortcutBook().usePreset("Continuo");
        QCOMPARE(keyText("record"), QStringLiteral("F9"));
        shortcutBook().resetAll();
        QCOMPARE(keyText("record"), QStringLiteral("R"));
    }

    void aForeignFileChangesNothing() {
        QTemporaryDir folder;
        const auto path = folder.filePath("other.json");
        QVERIFY(base::saveFile(path.toStdString(), base::bytesOf("{\"format\": \"something\"}")));
        shortcutBook().setKeys("record", {key("F9")});
        const auto before = shortcutBook().own();
        const auto read = shortcutBook().importFrom(path.toStdString());
        QVERIFY(!read);
        QVERIFY(shortcutBook().own() == before);
    }

    void keysAreWrittenAsTheStudioDoes() {
        QCOMPARE(keyText(key("Ctrl+Shift+S")), QStringLiteral("Ctrl Shift S"));
        QCOMPARE(keyText(key("Ctrl++")), QStringLiteral("Ctrl +"));
        QCOMPARE(keyText(key("T, P")), QStringLiteral("T then P"));
        QCOMPARE(keyTexts("tool.select"), QStringLiteral("1, V"));
    }

    void keysOfTheKeypadAndShiftTabAreThemselves() {
        const QKeyEvent enter(QEvent::KeyPress, Qt::Key_Enter, Qt::KeypadModifier);
        QVERIFY(isPressed("stopAndReturn", enter));
        const QKeyEvent back(QEvent::KeyPress, Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(isPressed("previousVoice", back));
    }
};

QTEST_MAIN(ShortcutsTest)
#include "shortcuts_test.moc"
