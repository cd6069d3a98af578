#include "tests/ui/window/studio_fixture.h"
#include "ui/theme/theme.h"
#include "ui/window/dock.h"
#include "ui/window/workspace.h"

#include <QMenu>
#include <QSignalSpy>
#include <algorithm>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

namespace {

Dock& dock(MainWindow& window, const char* id) { return *window.findChild<Dock*>(QLatin1String(id)); }

Workspace& workspaceOf(Dock& dock) { return *qobject_cast<Workspace*>(dock.parentWidget()); }

QAction* entry(Dock& dock, QMenu& menu, const QString& name) {
    dock.fillMenu(menu);
    const auto entries = menu.actions();
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](QAction* each) { return each->text() == name; });
    return found == entries.end() ? nullptr : *found;
}

void choose(Dock& dock, const QString& name) {
    QMenu menu;
    auto* action = entry(dock, menu, name);
    QVERIFY2(action, qPrintable(name));
    action->trigger();
    QCoreApplication::processEvents();
}

} // namespace

class WorkspaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void docksStartAtTheWidthsOfTheDesign_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("right");
        QTest::newRow("large") << 1920 << 268 << 316;
        QTest::newRow("small") << 1280 << 212 << 258;
    }
    void docksStartAtTheWidthsOfTheDesign() {
        QFETCH(int, width);
        QFETCH(int, left);
        QFETCH(int, right);
        StudioFixture studio;
        studio.window.resize(width, 720);
        QCoreApplication::processEvents();
        QCOMPARE(dock(studio.window, "tracks").width(), theme().px(left));
        auto& generate = dock(studio.window, "generate");
        QCOMPARE(generate.width(), std::max(theme().px(right), generate.minimumSizeHint().width()));
    }

    void aDoubleClickOnTheTitleFloatsThePanelAndAnotherPutsItBack() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        QTest::mouseDClick(tracks.titleBarWidget(), Qt::LeftButton, {}, QPoint(40, 10));
        QVERIFY(tracks.isFloating());
        QVERIFY(tracks.isWindow());
        QTest::mouseDClick(tracks.titleBarWidget(), Qt::LeftButton, {}, QPoint(40, 10));
        QVERIFY(!tracks.isFloating());
    }

    void theMenuMovesAPanelToEachSide() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        choose(tracks, "Move to the right");
        QCOMPARE(workspaceOf(tracks).dockWidgetArea(&tracks), Qt::RightDockWidgetArea);
        choose(tracks, "Move to the bottom");
        QCOMPARE(workspaceOf(tracks).dockWidgetArea(&tracks), Qt::BottomDockWidgetArea);
        choose(tracks, "Float");
        choose(tracks, "Move to the left");
        QVERIFY(!tracks.isFloating());
        QCOMPARE(workspaceOf(tracks).dockWidgetArea(&tracks), Qt::LeftDockWidgetArea);
    }

    void theMenuLaysAPanelOverAnother() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        auto& generate = dock(studio.window, "generate");
        QMenu menu;
        auto* over = entry(tracks, menu, "Lay over");
        QVERIFY(over && over->menu());
        QCOMPARE(over->menu()->actions().at(0)->text(), generate.windowTitle());
        over->menu()->actions().at(0)->trigger();
        QCoreApplication::processEvents();
        QCOMPARE(workspaceOf(tracks).tabifiedDockWidgets(&generate), QList<QDockWidget*>{&tracks});
        QVERIFY(!tracks.visibleRegion().isEmpty());
    }

    void aHiddenPanelLeavesItsRoomToTheCentre() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        auto* centre = workspaceOf(tracks).centralWidget();
        const int before = centre->width();
        choose(tracks, "Hide");
        QVERIFY(!tracks.isVisible());
        QVERIFY2(centre->width() >= before + theme().px(268), qPrintable(QString::number(centre->width() - before)));
    }

    void aFloatingPanelIsAwayWithItsWorkspace() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        choose(tracks, "Float");
        studio.window.showWorkspace(MainWindow::kTrain);
        QVERIFY(!tracks.isVisible());
        studio.window.showWorkspace(MainWindow::kCompose);
        QVERIFY(tracks.isVisible());
        QVERIFY(tracks.isFloating());
    }

    void whatWasArrangedIsThereInTheNextSession() {
        QTemporaryDir folder;
        const std::filesystem::path root = folder.path().toStdString();
        {
            app::Studio first(StudioFixture::optionsIn(root));
            first.window().resize(1600, 900);
            first.window().show();
            choose(dock(first.window(), "tracks"), "Move to the right");
            choose(dock(first.window(), "generate"), "Hide");
            QVERIFY(first.window().close());
        }
        app::Studio second(StudioFixture::optionsIn(root));
        second.window().show();
        auto& tracks = dock(second.window(), "tracks");
        QCOMPARE(workspaceOf(tracks).dockWidgetArea(&tracks), Qt::RightDockWidgetArea);
        QVERIFY(!dock(second.window(), "generate").isVisible());
        QVERIFY(dock(second.window(), "tracks").isVisible());
    }

    void resetBringsTheDesignBack() {
        StudioFixture studio;
        auto& tracks = dock(studio.window, "tracks");
        const int width = tracks.width();
        choose(tracks, "Move to the bottom");
        choose(dock(studio.window, "generate"), "Hide");
        studio.action("resetLayout")->trigger();
        QCoreApplication::processEvents();
        QCOMPARE(workspaceOf(tracks).dockWidgetArea(&tracks), Qt::LeftDockWidgetArea);
        QVERIFY(dock(studio.window, "generate").isVisible());
        QCOMPARE(tracks.width(), width);
    }

    void theSmallAndTheLargeWindowKeepArrangementsOfTheirOwn() {
        StudioFixture studio;
        choose(dock(studio.window, "generate"), "Hide");
        studio.window.resize(1280, 720);
        QCoreApplication::processEvents();
        QVERIFY(dock(studio.window, "generate").isVisible());
        studio.window.resize(1600, 1000);
        QCoreApplication::processEvents();
        QVERIFY(!dock(studio.window, "generate").isVisible());
    }
};

QTEST_MAIN(WorkspaceTest)
#include "workspace_test.moc"
