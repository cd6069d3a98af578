#include "engine/base/files.h"
#include "tests/ui/window/studio_fixture.h"
#include "ui/operations/operation_table.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/shortcuts/key_capture.h"
#include "ui/shortcuts/key_overlay.h"
#include "ui/shortcuts/keys_sheet.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/search_field.h"

#include <QMenuBar>
#include <QTableView>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

class KeysAndHelpTest : public QObject {
    Q_OBJECT

    static KeysSheet* openSheet(StudioFixture& studio) {
        studio.action("keysAndGestures")->trigger();
        return studio.window.findChild<KeysSheet*>();
    }
    static void choose(KeysSheet& sheet, const QString& id) {
        sheet.table().setCurrentIndex(sheet.model().indexOf(id));
    }
    static void give(KeyCapture& capture, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::mouseClick(&capture, Qt::LeftButton);
        QTest::keyClick(&capture, key, modifiers);
    }
    static PianoRollView& view(StudioFixture& studio) { return *studio.window.findChild<PianoRollView*>(); }

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void aKeyIsFoundChangedAndKept() {
        QTemporaryDir folder;
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        QVERIFY(sheet && sheet->isVisible());
        QTest::keyClicks(sheet->findChild<SearchField*>(), "metron");
        QCOMPARE(sheet->model().rowCount(), 1);
        choose(*sheet, "metronome");
        give(sheet->capture(), Qt::Key_F7);
        QCOMPARE(studio.action("metronome")->shortcut(), QKeySequence(Qt::Key_F7));
        QVERIFY(base::readTextFile(studio.folder.filePath("keys.json").toStdString())->find("F7") != std::string::npos);
        const bool before = studio.document.mix().metronome;
        QTest::keyClick(&view(studio), Qt::Key_F7);
        QVERIFY(studio.document.mix().metronome != before);
        give(sheet->capture(), Qt::Key_Escape); // leaves it
        QCOMPARE(keyText("metronome"), QStringLiteral("F7"));
    }

    void aClashIsSaidAtOnce() {
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        QCOMPARE(sheet->model().clashCount(), 0);
        choose(*sheet, "metronome");
        give(sheet->capture(), Qt::Key_L);
        QVERIFY2(sheet->message().contains("Loop"), qPrintable(sheet->message()));
        QCOMPARE(sheet->model().clashCount(), 1);
    }

    void keysPressedOverTheSheetDoNothingBeneathIt() {
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        sheet->table().setFocus();
        const bool looping = studio.document.mix().loop.has_value();
        QTest::keyClick(&sheet->table(), Qt::Key_L);
        QCOMPARE(studio.document.mix().loop.has_value(), looping);
        QTest::keyClick(&sheet->table(), Qt::Key_Escape);
        QVERIFY(!studio.window.findChild<KeysSheet*>());
    }

    void aPresetIsChosenWithoutARestartAndRemembered() {
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        auto* presets = sheet->findChild<ChoiceBox*>();
        presets->setCurrentText("FL-like");
        Q_EMIT presets->textActivated("FL-like");
        QCOMPARE(shortcutBook().preset(), QStringLiteral("FL-like"));
        QCOMPARE(studio.window.findChild<RollPanel*>()->state().tool(), RollTool::Draw);
        const auto text = base::readTextFile(studio.folder.filePath("keys.json").toStdString());
        QVERIFY(text && text->find("FL-like") != std::string::npos);
    }

    void aGestureIsChangedAndGivenBack() {
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        sheet->showGestures(true);
        const QString id("select note double-click");
        sheet->gestureTable().setCurrentIndex(sheet->gestures().indexOf(id));
        const int adopt = sheet->action().findData("adoptNote");
        QVERIFY(adopt >= 0);
        sheet->action().setCurrentIndex(adopt);
        Q_EMIT sheet->action().activated(adopt);
        QCOMPARE(actionFor(RollTool::Select, Spot::Note, Trigger::DoubleClick), Action::AdoptNote);
        QCOMPARE(sheet->gestures().actionOf(id), QStringLiteral("adoptNote"));
        shortcutBook().resetGesture(id);
        QCOMPARE(actionFor(RollTool::Select, Spot::Note, Trigger::DoubleClick), Action::DeleteNote);
    }

    void keysTravelInAFile() {
        StudioFixture studio;
        auto* sheet = openSheet(studio);
        const auto file = studio.folder.filePath("mine.json");
        shortcutBook().setKeys("record", {QKeySequence("F9")});
        sheet->exportFile(file);
        shortcutBook().resetAll();
        QCOMPARE(keyText("record"), QStringLiteral("R"));
        sheet->importFile(file);
        QCOMPARE(keyText("record"), QStringLiteral("F9"));
        QVERIFY(base::saveFile(file.toStdString(), base::bytesOf("[]")));
        sheet->importFile(file);
        QVERIFY(sheet->message().contains("no file of keys"));
        QCOMPARE(keyText("record"), QStringLiteral("F9"));
    }

    void theHelpKeyHeldShowsWhatIsUnderThePointerAndGoesWithIt() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        auto& roll = view(studio);
        auto* overlay = studio.window.findChild<KeyOverlay*>();
        QCursor::setPos(roll.mapToGlobal(QPoint(roll.width() / 2, 10)));
        QTest::keyPress(&roll, Qt::Key_F1);
        QVERIFY(overlay->isVisible());
        QCOMPARE(overlay->cards().front().title, QStringLiteral("Mouse here"));
        QVERIFY(std::ranges::any_of(overlay->cards().front().rows,
                                    [](const auto& row) { return row.keys == "Double-click"; }));
        QTest::qWait(320); // longer than a tap
        QTest::keyRelease(&roll, Qt::Key_F1);
        QVERIFY(!overlay->isVisible());
    }

    void theHelpKeyTappedStaysUntilEsc() {
        StudioFixture studio;
        auto& roll = view(studio);
        auto* overlay = studio.window.findChild<KeyOverlay*>();
        QTest::keyClick(&roll, Qt::Key_F1);
        QVERIFY(overlay->isVisible());
        QTest::keyClick(&roll, Qt::Key_Escape);
        QVERIFY(!overlay->isVisible());
        QTest::keyClick(&roll, Qt::Key_F1);
        QTest::keyClick(&roll, Qt::Key_F1);
        QVERIFY(!overlay->isVisible());
        studio.action("shortcuts")->trigger();
        QVERIFY(overlay->isVisible());
    }

    void eachPlaceOfTheEditorHasItsOwnHelp() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        auto* overlay = studio.window.findChild<KeyOverlay*>();
        for (const auto& place : {"keyboard", "ruler", "velocities", "arrangement", "tracks"}) {
            const auto widgets = studio.window.findChildren<QWidget*>();
            const auto found = std::ranges::find_if(widgets, [&](const QWidget* widget) {
                return widget->property("place").toString() == QLatin1String(place);
            });
            QVERIFY2(found != widgets.end(), place);
            QCursor::setPos((*found)->mapToGlobal(QPoint((*found)->width() / 2, (*found)->height() - 4)));
            overlay->toggle();
            QVERIFY2(overlay->cards().front().title.compare(QLatin1String(place), Qt::CaseInsensitive) == 0, place);
            overlay->toggle();
        }
    }

    void noMenuLetterIsThatOfACommand() {
        StudioFixture studio;
        for (const auto* action : studio.window.menuBar()->actions())
            QVERIFY2(QKeySequence::mnemonic(action->text()).isEmpty(), qPrintable(action->text()));
    }

    void everyCommandOfTheTableCanBeDone() {
        StudioFixture studio;
        QSet<QString> ids;
        for (const auto* action : studio.window.findChildren<QAction*>()) ids << action->objectName();
        for (const auto& row : RollCommands::table()) ids << QString::fromLatin1(row.id);
        for (const auto& operation : operationTable()) {
            ids << QString::fromLatin1(operation.id);
            ids << QString::fromLatin1(operation.id) + ".settings";
        }
        for (const auto& command : shortcuts()) QVERIFY2(ids.contains(command.id), qPrintable(command.id));
    }

    void theNextAndPreviousTrackLoopAndStopHaveKeys() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        const auto& tracks = studio.document.score().tracks;
        QVERIFY(tracks.size() > 1);
        const auto first = studio.document.currentTrack();
        QTest::keyClick(&view(studio), Qt::Key_X);
        QVERIFY(studio.document.currentTrack() != first);
        QTest::keyClick(&view(studio), Qt::Key_W);
        QVERIFY(studio.document.currentTrack() == first);
        studio.document.selection().select({tracks[0].notes[0].id});
        QTest::keyClick(&view(studio), Qt::Key_L, Qt::ControlModifier);
        QVERIFY(studio.document.mix().loop.has_value());
        QCOMPARE(studio.document.mix().loop->start, tracks[0].notes[0].onset);
    }
};

QTEST_MAIN(KeysAndHelpTest)
#include "keys_and_help_test.moc"
