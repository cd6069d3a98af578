#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/arrangement_strip.h"
#include "ui/pianoroll/keyboard.h"
#include "ui/pianoroll/ruler.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

class RulerAndKeyboardTest : public QObject {
    Q_OBJECT

    static void drag(RollFixture& roll, QWidget* on, QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) {
        roll.send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton, modifiers, on);
        roll.send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton, modifiers, on);
        roll.send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, modifiers, on);
        roll.send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton, modifiers, on);
    }

private Q_SLOTS:
    void rulerClicksSeekAndDoubleClicksPlay() {
        RollFixture roll;
        auto* ruler = roll.panel.findChild<Ruler*>();
        QSignalSpy seeks(&roll.panel, &RollPanel::seekRequested), plays(&roll.panel, &RollPanel::playFromRequested);
        drag(roll, ruler, {80 + 97, 18}, {80 + 97, 18});
        QCOMPARE(seeks.last()[0].value<score::Tick>().fromStart, 960);
        roll.send(QEvent::MouseButtonDblClick, {80 + 97, 18}, Qt::LeftButton, Qt::LeftButton, {}, ruler);
        QCOMPARE(plays.size(), 1);
    }

    void theUpperHalfDrawsTheLoopAndSwitchesIt() {
        RollFixture roll;
        auto* ruler = roll.panel.findChild<Ruler*>();
        drag(roll, ruler, {80 + 96, 4}, {80 + 384, 4});
        const score::TickRange loop{{960}, {3840}};
        QVERIFY(roll.document.mix().loop == loop);
        roll.send(QEvent::MouseButtonDblClick, {80 + 200, 4}, Qt::LeftButton, Qt::LeftButton, {}, ruler);
        QVERIFY(!roll.document.mix().loop);
        roll.send(QEvent::MouseButtonDblClick, {80 + 200, 4}, Qt::LeftButton, Qt::LeftButton, {}, ruler);
        QVERIFY(roll.document.mix().loop == loop);
    }

    void shiftDragChoosesTheTargetBars() {
        RollFixture roll;
        auto* ruler = roll.panel.findChild<Ruler*>();
        drag(roll, ruler, {80 + 400, 18}, {80 + 900, 18}, Qt::ShiftModifier);
        const score::TickRange bars{{3840}, {3840 * 3}};
        QVERIFY(roll.document.selection().range() == bars);
    }

    void keysSoundAndSelectTheirPitch() {
        RollFixture roll;
        auto* keyboard = roll.panel.findChild<Keyboard*>();
        QSignalSpy sounds(&roll.panel, &RollPanel::auditionRequested), ends(&roll.panel, &RollPanel::auditionEnded);
        const QPointF key(20, roll.at(0, 64).y());
        drag(roll, keyboard, key, key);
        QCOMPARE(sounds[0][1].toInt(), 64);
        QCOMPARE(ends.size(), 1);
        drag(roll, keyboard, key, key, Qt::ControlModifier);
        QVERIFY(roll.isSelected(1) && !roll.isSelected(0));
    }

    void soundingKeysAreLitWhilePlaying() {
        RollFixture roll;
        auto* keyboard = roll.panel.findChild<Keyboard*>();
        roll.panel.setPlayhead({1000}, true);
        QVERIFY(keyboard->lit().contains(64) && keyboard->lit().size() == 1);
        roll.panel.setPlayhead({1500}, true);
        QVERIFY(keyboard->lit().empty());
    }

    void clickingTheArrangementJumps() {
        auto piece = threeNotes();
        piece.end = {3840 * 200};
        RollFixture roll(piece);
        auto* strip = roll.panel.findChild<ArrangementStrip*>();
        drag(roll, strip, {strip->width() / 2.0, 40}, {strip->width() / 2.0, 40});
        QVERIFY(roll.panel.state().geometry().tickAt(0).fromStart > 3840 * 80);
    }
};

QTEST_MAIN(RulerAndKeyboardTest)
#include "ruler_and_keyboard_test.moc"
