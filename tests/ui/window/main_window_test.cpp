#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "tests/ui/window/studio_fixture.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"

#include <QListView>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

class MainWindowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void openingAFileShowsItsTracks() {
        StudioFixture studio;
        const auto file = studio.demo("evening-quartet.mid");
        const auto read = midi::readFile(file.toStdString());
        QVERIFY(read);

        studio.window.file().open(file);

        QVERIFY(!studio.sheet());
        QCOMPARE(studio.document.score().tracks.size(), read->score.tracks.size());
        QListView* rows = nullptr;
        for (auto* list : studio.window.findChildren<QListView*>())
            if (list->accessibleName() == "Tracks") rows = list;
        QVERIFY(rows);
        QCOMPARE(rows->model()->rowCount(), static_cast<int>(read->score.tracks.size()));
        QVERIFY2(studio.window.windowTitle().startsWith("evening-quartet"), qPrintable(studio.window.windowTitle()));
        QVERIFY(!studio.window.isWindowModified());
    }

    void aRefusedFileIsExplainedAndThePieceStays() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        const auto before = studio.document.score();
        const auto broken = studio.folder.filePath("broken.mid");
        QVERIFY(base::saveFile(broken.toStdString(), base::bytesOf(std::string("not a MIDI file at all"))));

        studio.window.file().open(broken);

        QVERIFY(studio.sheet());
        QVERIFY(!studio.sheet()->accessibleDescription().isEmpty());
        QVERIFY(studio.document.score() == before);
        QVERIFY(studio.window.windowTitle().startsWith("chorale"));
        QTest::keyClick(studio.sheet(), Qt::Key_Escape);
        QVERIFY(!studio.sheet());
    }

    void ctrlSWritesTheFileAndItIsEditedNoMore() {
        StudioFixture studio;
        const auto file = studio.demo();
        studio.window.file().open(file);
        studio.rename("Written by hand");
        QVERIFY(studio.window.windowTitle().contains("edited"));

        QTest::keyClick(&studio.window, Qt::Key_S, Qt::ControlModifier);

        QVERIFY(!studio.document.isModified());
        QVERIFY(!studio.window.windowTitle().contains("edited"));
        const auto read = midi::readFile(file.toStdString());
        QVERIFY(read);
        QCOMPARE(read->score.tracks[0].name, std::string("Written by hand"));
    }

    void aFileThatCannotBeWrittenLeavesThePieceEdited() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        studio.rename("Kept");
        studio.document.markSaved(studio.folder.filePath("no/such/folder/piece.mid").toStdString());
        studio.rename("Kept still");

        QTest::keyClick(&studio.window, Qt::Key_S, Qt::ControlModifier);

        QVERIFY(studio.sheet());
        QVERIFY(studio.document.isModified());
        QCOMPARE(studio.document.score().tracks[0].name, std::string("Kept still"));
    }

    void closingWithoutChangesAsksNothing() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        QVERIFY(studio.window.close());
        QVERIFY(!studio.window.isVisible());
    }

    void closingWithChangesAsksAndCancelKeepsTheWindow() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        studio.rename("Unsaved");

        QVERIFY(!studio.window.close());
        QVERIFY(studio.sheet());
        QVERIFY(studio.answer("Cancel"));

        QVERIFY(!studio.sheet());
        QVERIFY(studio.window.isVisible());
        QVERIFY(studio.document.isModified());
    }

    void closingWithDiscardClosesAndLeavesTheFile() {
        StudioFixture studio;
        const auto file = studio.demo();
        const auto before = base::readFile(file.toStdString());
        studio.window.file().open(file);
        studio.rename("Thrown away");

        studio.window.close();
        QVERIFY(studio.answer("Discard changes"));

        QTRY_VERIFY(!studio.window.isVisible());
        QVERIFY(base::readFile(file.toStdString()).value() == before.value());
    }

    void closingWithSaveSavesAndCloses() {
        StudioFixture studio;
        const auto file = studio.demo();
        studio.window.file().open(file);
        studio.rename("Saved at the end");

        studio.window.close();
        QVERIFY(studio.sheet());
        QTest::keyClick(studio.sheet(), Qt::Key_Return); // the default

        QTRY_VERIFY(!studio.window.isVisible());
        const auto read = midi::readFile(file.toStdString());
        QVERIFY(read);
        QCOMPARE(read->score.tracks[0].name, std::string("Saved at the end"));
    }

    void openingOverChangesAsksFirst() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        studio.rename("Unsaved");

        studio.window.file().open(studio.demo("morning-walk.mid"));

        QVERIFY(studio.sheet());
        QVERIFY(studio.window.windowTitle().startsWith("chorale"));
        QVERIFY(studio.answer("Discard changes"));
        QVERIFY(studio.window.windowTitle().startsWith("morning-walk"));
    }

    void undoAndRedoSayWhatTheyWouldDo() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        QVERIFY(!studio.action("undo")->isEnabled());
        const auto name = studio.document.score().tracks[0].name;
        studio.rename("Another");
        QCOMPARE(studio.action("undo")->text(), QString("Undo Rename track"));

        QTest::keyClick(&studio.window, Qt::Key_Z, Qt::ControlModifier);

        QCOMPARE(studio.document.score().tracks[0].name, name);
        QCOMPARE(studio.action("redo")->text(), QString("Redo Rename track"));
        QVERIFY(!studio.action("undo")->isEnabled());
        QTest::keyClick(&studio.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(studio.document.score().tracks[0].name, std::string("Another"));
        studio.window.file().load(studio.demo("morning-walk.mid"));
        QVERIFY(!studio.action("undo")->isEnabled());
        QCOMPARE(studio.action("undo")->text(), QString("Undo"));
    }

    void keysShowTheWorkspaces() {
        StudioFixture studio;
        QCOMPARE(studio.window.workspace(), int(MainWindow::kCompose));
        QTest::keyClick(&studio.window, Qt::Key_F2, Qt::ControlModifier);
        QCOMPARE(studio.window.workspace(), int(MainWindow::kTrain));
        QVERIFY(studio.studio.learning().training().centre().isVisible());
        QTest::keyClick(&studio.window, Qt::Key_F3, Qt::ControlModifier);
        QCOMPARE(studio.window.workspace(), int(MainWindow::kLive));
        QTest::keyClick(&studio.window, Qt::Key_F1, Qt::ControlModifier);
        QCOMPARE(studio.window.workspace(), int(MainWindow::kCompose));
    }

    void spacePlaysAndStops() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        auto* play = studio.window.findChild<IconButton*>("play");
        QVERIFY(play && !play->isChecked());

        QTest::keyClick(&studio.window, Qt::Key_Space);
        QTRY_VERIFY(play->isChecked());
        QTest::keyClick(&studio.window, Qt::Key_Space);
        QTRY_VERIFY(!play->isChecked());
    }

    void everyThemeDrawsEveryWorkspaceInItsOwnColours() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        for (const auto& name : Theme::names()) {
            studio.window.setThemeName(name);
            QCOMPARE(theme().name, name);
            for (int workspace = 0; workspace < 3; ++workspace) {
                studio.window.showWorkspace(workspace);
                QCoreApplication::processEvents();
                const auto picture = studio.window.grab().toImage();
                const auto frame = picture.pixelColor(1, picture.height() / 2);
                QVERIFY2(frame == theme().surface.frame, qPrintable(name + " " + frame.name()));
            }
        }
        studio.window.setThemeName("dark");
    }

    void whatWasArrangedIsThereTheNextTime() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        {
            app::Studio first(StudioFixture::optionsIn(root));
            first.window().show();
            first.window().resize(1400, 900);
            first.window().setThemeName("light");
            first.window().showWorkspace(MainWindow::kLive);
            QVERIFY(first.window().close());
        }
        app::Studio second(StudioFixture::optionsIn(root));
        QCOMPARE(theme().name, QString("light"));
        QCOMPARE(second.window().size(), QSize(1400, 900));
        QCOMPARE(second.window().workspace(), int(MainWindow::kLive));
        second.window().setThemeName("dark");
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
