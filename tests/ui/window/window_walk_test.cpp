#include "tests/ui/window/studio_fixture.h"
#include "ui/widgets/icon_button.h"

#include <QGroupBox>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

namespace {

constexpr std::array kUnwanted{"QGroupBox",   "QAbstractSpinBox", "QProgressBar", "QDial",
                               "QMessageBox", "QToolBar",         "QDockWidget"};

/// Widgets of toolkit looks that the studio has its own for.
QStringList unwantedIn(const QWidget& root) {
    QStringList found;
    for (const auto* widget : root.findChildren<QWidget*>())
        for (const char* name : kUnwanted)
            if (widget->inherits(name)) found << QString("%1 '%2'").arg(name, widget->objectName());
    return found;
}

QStringList namelessIn(const QWidget& root) {
    QStringList found;
    for (const auto* button : root.findChildren<IconButton*>())
        if (button->toolTip().isEmpty() || button->accessibleName().isEmpty()) found << button->objectName();
    return found;
}

QString pathOf(const QWidget* widget) {
    QStringList names;
    for (; widget; widget = widget->parentWidget()) names.prepend(widget->metaObject()->className());
    return names.join("/");
}

/// Visible children that stick out of their parent, where nothing scrolls.
QStringList clippedIn(const QWidget& root) {
    QStringList found;
    for (const auto* widget : root.findChildren<PaintedButton*>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty()) continue;
        if (widget->width() < widget->minimumSizeHint().width())
            found << pathOf(widget) + " " + widget->accessibleName();
    }
    return found;
}

} // namespace

class WindowWalkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void theWalkFindsPlantedFaults() {
        QWidget root;
        auto* column = new QVBoxLayout(&root);
        column->addWidget(new QGroupBox);
        column->addWidget(new QSpinBox);
        column->addWidget(new IconButton("play", {}, {}));
        QCOMPARE(unwantedIn(root).size(), 2);
        QCOMPARE(namelessIn(root).size(), 1);
    }

    void noWidgetOfTheWindowHasToolkitLooks() {
        StudioFixture studio;
        studio.window.file().load(studio.demo());
        for (int workspace = 0; workspace < 3; ++workspace) {
            studio.window.showWorkspace(workspace);
            QCoreApplication::processEvents();
            QVERIFY(studio.window.findChildren<QWidget*>().size() > 100);
            const auto found = unwantedIn(studio.window);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(", ")));
        }
    }

    void everyIconButtonSaysWhatItIs() {
        StudioFixture studio;
        QVERIFY(studio.window.findChildren<IconButton*>().size() > 15);
        const auto found = namelessIn(studio.window);
        QVERIFY2(found.isEmpty(), qPrintable(found.join(", ")));
    }

    void noButtonIsNarrowerThanItsWords() {
        StudioFixture studio;
        for (const auto size : {QSize(1920, 1080), QSize(1280, 720)}) {
            studio.window.resize(size);
            for (int workspace = 0; workspace < 3; ++workspace) {
                studio.window.showWorkspace(workspace);
                QCoreApplication::processEvents();
                const auto found = clippedIn(studio.window);
                QVERIFY2(found.isEmpty(), qPrintable(found.join(", ")));
            }
        }
    }
};

QTEST_MAIN(WindowWalkTest)
#include "window_walk_test.moc"
