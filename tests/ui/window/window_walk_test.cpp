#include "tests/ui/window/studio_fixture.h"
#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented_switch.h"

#include <QComboBox>
#include <QDockWidget>
#include <QGroupBox>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

namespace {

constexpr std::array kUnwanted{"QGroupBox", "QAbstractSpinBox", "QProgressBar", "QDial", "QMessageBox", "QToolBar"};

bool hasToolkitTitle(const QWidget& widget) {
    const auto* dock = qobject_cast<const QDockWidget*>(&widget);
    return dock && !dock->titleBarWidget();
}

/// Widgets of toolkit looks that the studio has its own for.
QStringList unwantedIn(const QWidget& root) {
    QStringList found;
    for (const auto* widget : root.findChildren<QWidget*>()) {
        for (const char* name : kUnwanted)
            if (widget->inherits(name)) found << QString("%1 '%2'").arg(name, widget->objectName());
        if (hasToolkitTitle(*widget)) found << QString("title of dock '%1'").arg(widget->objectName());
    }
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

/// Pixels that the words of a widget need on their line; 0 where it shows none.
int widthOfWords(const QWidget& widget) {
    if (const auto* button = qobject_cast<const PaintedButton*>(&widget)) return button->minimumSizeHint().width();
    if (const auto* choice = qobject_cast<const SegmentedSwitch*>(&widget)) return choice->minimumSizeHint().width();
    if (const auto* label = qobject_cast<const Label*>(&widget))
        return label->wordWrap() ? 0 : label->sizeHint().width();
    if (const auto* box = qobject_cast<const QComboBox*>(&widget))
        return QFontMetrics(textFont(TextSize::Body)).horizontalAdvance(box->currentText()) + theme().px(30);
    return 0;
}

/// Visible widgets that are narrower than what they say, or stick out of the window.
QStringList clippedIn(const QWidget& root) {
    QStringList found;
    for (const auto* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->visibleRegion().isEmpty()) continue;
        const int needed = widthOfWords(*widget);
        if (widget->width() < needed)
            found << QString("%1 '%2' %3 < %4")
                         .arg(pathOf(widget), widget->accessibleName())
                         .arg(widget->width())
                         .arg(needed);
    }
    return found;
}

/// Visible widgets that take the keyboard without a name for who cannot see them.
QStringList speechlessIn(const QWidget& root) {
    QStringList found;
    for (const auto* widget : root.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || !widget->accessibleName().isEmpty())
            continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool says =
            (button && !button->text().isEmpty()) || widget->inherits("QScrollArea") || widget->inherits("QMenuBar");
        if (!says) found << pathOf(widget);
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
        column->addWidget(new QDockWidget);
        column->addWidget(new IconButton("play", {}, {}));
        QCOMPARE(unwantedIn(root).size(), 3);
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

    void buttonsOfCommandsShowTheirPresentKeys() {
        StudioFixture studio;
        int seen = 0;
        for (const auto& preset : shortcutBook().table().presetNames()) {
            shortcutBook().usePreset(preset);
            for (const auto* button : studio.window.findChildren<IconButton*>()) {
                const auto* command = shortcutBook().find(button->objectName());
                if (!command || command->keys.isEmpty()) continue;
                ++seen;
                QVERIFY2(button->toolTip().contains("(" + keyTexts(command->id) + ")"), qPrintable(button->toolTip()));
            }
        }
        QVERIFY(seen >= 20);
        shortcutBook().usePreset("Continuo");
    }

    void whateverTakesTheKeyboardHasAName() {
        StudioFixture studio;
        for (int workspace = 0; workspace < 3; ++workspace) {
            studio.window.showWorkspace(workspace);
            QCoreApplication::processEvents();
            const auto found = speechlessIn(studio.window);
            QVERIFY2(found.isEmpty(), qPrintable(found.join(", ")));
        }
    }

    void nothingIsNarrowerThanItsWords() {
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
