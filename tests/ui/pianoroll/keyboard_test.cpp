#include "ui/pianoroll/keyboard.h"

#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/roll_painter.h"

#include <QMenu>
#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

struct KeyboardFixture : RollFixture {
    using RollFixture::RollFixture;
    Keyboard& keyboard() { return *panel.findChild<Keyboard*>(); }
    QPointF key(int pitch, double part = 0.5) {
        const auto& geometry = panel.state().geometry();
        return {part * keyboard().width(), geometry.yOf(pitch) + geometry.rowHeight / 2};
    }
    void touch(QEvent::Type type, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        const bool moves = type == QEvent::MouseMove;
        send(type, at, moves ? Qt::NoButton : Qt::LeftButton,
             type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, modifiers, &keyboard());
    }
    QImage keys() { return keyboard().grab().toImage().convertToFormat(QImage::Format_RGB32); }
};

} // namespace

class KeyboardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKeySoundsLouderAtTheRightUntilItIsLetGo() {
        KeyboardFixture roll;
        QSignalSpy sounds(&roll.panel, &RollPanel::auditionRequested), ends(&roll.panel, &RollPanel::auditionEnded);
        roll.touch(QEvent::MouseButtonPress, roll.key(60, 0.1));
        roll.touch(QEvent::MouseButtonRelease, roll.key(60, 0.1));
        roll.touch(QEvent::MouseButtonPress, roll.key(62, 0.9));
        roll.touch(QEvent::MouseMove, roll.key(64, 0.9)); // glides on
        QCOMPARE(sounds.count(), 3);
        QCOMPARE(ends.count(), 1);
        QCOMPARE(sounds[0][1].toInt(), 60);
        QVERIFY(sounds[0][2].toInt() < sounds[1][2].toInt());
        QCOMPARE(sounds[2][1].toInt(), 64);
        QCOMPARE(roll.keyboard().lastPlayed(), std::optional<int>(64));
        roll.touch(QEvent::MouseButtonRelease, roll.key(64, 0.9));
        QCOMPARE(ends.count(), 2);
        QVERIFY(!roll.document.history().canUndo());
    }

    void controlSelectsAPitchAndShiftAllBetween() {
        KeyboardFixture roll;
        roll.touch(QEvent::MouseButtonPress, roll.key(60), Qt::ControlModifier);
        roll.touch(QEvent::MouseButtonRelease, roll.key(60), Qt::ControlModifier);
        QVERIFY(roll.isSelected(0) && !roll.isSelected(1));
        roll.touch(QEvent::MouseButtonPress, roll.key(65), Qt::ShiftModifier);
        roll.touch(QEvent::MouseButtonRelease, roll.key(65), Qt::ShiftModifier);
        QVERIFY(roll.isSelected(0) && roll.isSelected(1) && !roll.isSelected(2));
    }

    void altDragZoomsPitchAroundTheKeyThatWasPressed() {
        KeyboardFixture roll;
        const auto press = roll.key(67);
        const auto before = roll.panel.state().geometry();
        const double row = (press.y() + before.scrollY) / before.rowHeight;
        roll.touch(QEvent::MouseButtonPress, press, Qt::AltModifier);
        roll.touch(QEvent::MouseMove, press - QPointF(0, 60), Qt::AltModifier);
        const auto& now = roll.panel.state().geometry();
        QVERIFY(now.rowHeight > before.rowHeight * 1.2);
        QVERIFY(std::abs((press.y() + now.scrollY) / now.rowHeight - row) < 0.01);
        roll.touch(QEvent::MouseButtonRelease, press - QPointF(0, 60), Qt::AltModifier);
    }

    void theWheelScrollsAsOverTheNotes() {
        KeyboardFixture roll;
        const auto before = roll.panel.state().geometry();
        QWheelEvent event(roll.key(60), roll.keyboard().mapToGlobal(roll.key(60)), {}, {0, -120}, Qt::NoButton, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&roll.keyboard(), &event);
        QCOMPARE(roll.panel.state().geometry().scrollY, before.scrollY + 3 * before.rowHeight);
    }

    void keysThatArePlayedLightUpAndTheLastKeepsItsName() {
        KeyboardFixture roll;
        const auto dark = roll.keys();
        roll.panel.state().setHeldKeys({{62, 90}, {65, 40}});
        QCOMPARE(roll.keyboard().colourOf(62), theme().accent.base);
        QCOMPARE(roll.keyboard().colourOf(65), theme().accent.base);
        QVERIFY(!roll.keyboard().colourOf(64).isValid());
        const auto at = roll.key(62, 0.7).toPoint();
        QCOMPARE(roll.keys().pixel(at) & 0xffffffu, theme().accent.base.rgb() & 0xffffffu);
        roll.panel.state().setHeldKeys({});
        QCOMPARE(roll.keyboard().lastPlayed(), std::optional<int>(65));
        const auto after = roll.keys();
        const QRect name(static_cast<int>(roll.key(65, 0.6).x()),
                         static_cast<int>(roll.panel.state().geometry().yOf(65)), roll.keyboard().width() / 3, 14);
        QVERIFY(after.copy(name) != dark.copy(name));
    }

    void keysThatThePieceSoundsHaveTheColourOfTheTrack() {
        KeyboardFixture roll;
        roll.panel.setPlayhead({1000}, true);
        QCOMPARE(roll.keyboard().colourOf(64), theme().trackColour(0));
        QVERIFY(!roll.keyboard().colourOf(60).isValid());
        roll.panel.setPlayhead({1500}, false);
        QVERIFY(!roll.keyboard().colourOf(64).isValid());
    }

    void allNamesAreThereAboveFourteenPixels() {
        KeyboardFixture roll;
        auto view = roll.panel.state().geometry();
        const auto nameOf = [&](int pitch) {
            const auto& geometry = roll.panel.state().geometry();
            const QRect box(roll.keyboard().width() * 2 / 3, static_cast<int>(geometry.yOf(pitch)) + 2,
                            roll.keyboard().width() / 3 - 4, static_cast<int>(geometry.rowHeight) - 4);
            const auto part = roll.keys().copy(box);
            std::set<QRgb> inks;
            for (int y = 0; y < part.height(); ++y)
                for (int x = 0; x < part.width(); ++x) inks.insert(part.pixel(x, y));
            return inks.size() > 2; // letters are drawn with soft edges
        };
        QVERIFY(nameOf(72) && !nameOf(69));
        view.rowHeight = 16;
        view.scrollY = (127 - 76) * 16;
        roll.panel.state().setGeometry(view);
        QVERIFY(nameOf(72) && nameOf(69) && nameOf(70));
    }

    void theMenuOfAKeySelectsItsNotesAndChangesTheView() {
        KeyboardFixture roll;
        QScopedPointer<QMenu> menu(roll.keyboard().makeMenu(64, nullptr));
        menu->actions().front()->trigger();
        QVERIFY(roll.isSelected(1) && !roll.isSelected(0));
        for (auto* action : menu->actions())
            if (action->text() == QStringLiteral("Fold to the rows in use")) action->trigger();
        QCOMPARE(roll.panel.state().geometry().rows.rows(), 3);
    }
};

QTEST_MAIN(KeyboardTest)
#include "keyboard_test.moc"
