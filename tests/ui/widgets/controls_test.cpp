#include "ui/theme/studio_style.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/slider.h"

#include <QLineEdit>
#include <QSet>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace continuo::ui;

namespace {

template <typename Widget>
Widget* shown(Widget* widget, QSize size) {
    widget->resize(size);
    widget->show();
    widget->activateWindow();
    widget->setFocus();
    if (!QTest::qWaitForWindowActive(widget)) QTest::qFail("no active window", __FILE__, __LINE__);
    return widget;
}

void drag(QWidget& widget, QPoint from, QPoint to) {
    QTest::mousePress(&widget, Qt::LeftButton, {}, from);
    QMouseEvent move(QEvent::MouseMove, to, widget.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&widget, &move);
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to);
}

void turnWheel(QWidget& widget, int notches) {
    const QPointF at = widget.rect().center();
    QWheelEvent wheel(at, widget.mapToGlobal(at), {}, QPoint(0, 120 * notches), Qt::NoButton, {}, Qt::NoScrollPhase,
                      false);
    QCoreApplication::sendEvent(&widget, &wheel);
}

} // namespace

class ControlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void aNumberIsTypedAndTakenOnce() {
        NumberField field("Tempo", 20, 400, 1, 2);
        field.setValue(120);
        shown(&field, {132, 26});
        QSignalSpy edited(&field, &NumberField::valueEdited);

        QTest::keyClicks(&field, "9");
        QTest::keyClicks(field.findChild<QLineEdit*>(), "6.5");
        QTest::keyClick(field.findChild<QLineEdit*>(), Qt::Key_Return);

        QCOMPARE(field.value(), 96.5);
        QCOMPARE(edited.count(), 1);
        QVERIFY(!field.isOpen());
    }

    void aNumberOutOfRangeStaysOpenAndChangesNothing() {
        NumberField field("Tempo", 20, 400, 1, 0);
        field.setValue(120);
        shown(&field, {132, 26});
        QTest::keyClick(&field, Qt::Key_Return);
        auto* editor = field.findChild<QLineEdit*>();

        editor->setText("4000");
        QTest::keyClick(editor, Qt::Key_Return);

        QVERIFY(field.isOpen());
        QVERIFY(editor->property("wrong").toBool());
        QVERIFY(editor->toolTip().contains("20") && editor->toolTip().contains("400"));
        QTest::keyClick(editor, Qt::Key_Escape);
        QVERIFY(!field.isOpen());
        QCOMPARE(field.value(), 120.0);
    }

    void aDragChangesANumberAndSaysSoAtItsEnd() {
        NumberField field("Bars", 1, 64, 1, 0);
        field.setValue(8);
        shown(&field, {132, 26});
        QSignalSpy edited(&field, &NumberField::valueEdited);

        drag(field, {60, 20}, {60, 8});

        QCOMPARE(field.value(), 12.0);
        QCOMPARE(edited.count(), 1);
    }

    void theWheelChangesOnlyWhatHasTheKeyboard() {
        NumberField field("Bars", 1, 64, 1, 0);
        field.setValue(8);
        shown(&field, {132, 26});

        turnWheel(field, 1);
        QCOMPARE(field.value(), 9.0);
        field.clearFocus();
        turnWheel(field, 1);

        QCOMPARE(field.value(), 9.0);
    }

    void aSliderFollowsThePointerKeysAndDoubleClick() {
        Slider slider("Temperature", 0, 2, 0.01);
        slider.setDefault(1);
        shown(&slider, {114, 24});

        QTest::mouseClick(&slider, Qt::LeftButton, {}, {57, 12});
        QVERIFY(std::abs(slider.value() - 1) < 0.03);
        QTest::keyClick(&slider, Qt::Key_End);
        QCOMPARE(slider.value(), 2.0);
        QTest::keyClick(&slider, Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(std::abs(slider.value() - 1.99) < 1e-9);
        QTest::mouseDClick(&slider, Qt::LeftButton, {}, {20, 12});

        QCOMPARE(slider.value(), 1.0);
    }

    void oneOfFewIsChosenByClickAndArrowAndSkipsWhatCannotBe() {
        SegmentedSwitch choice({{"Steps", {}, {}}, {"Time", {}, {}}, {"Tokens", {}, {}}}, "Axis");
        choice.setItemEnabled(1, false, "not measured");
        shown(&choice, choice.sizeHint());
        QSignalSpy changed(&choice, &SegmentedSwitch::currentChanged);

        QTest::keyClick(&choice, Qt::Key_Right);
        QCOMPARE(choice.current(), 2);
        QTest::mouseClick(&choice, Qt::LeftButton, {}, {10, 12});
        QCOMPARE(choice.current(), 0);
        QTest::mouseClick(&choice, Qt::LeftButton, {}, {choice.width() / 2, 12});

        QCOMPARE(choice.current(), 0);
        QCOMPARE(changed.count(), 2);
    }

    void enterPressesAButton() {
        PushButton button("Keep");
        shown(&button, button.sizeHint());
        QSignalSpy clicked(&button, &PushButton::clicked);

        QTest::keyClick(&button, Qt::Key_Return);
        QTest::mouseClick(&button, Qt::LeftButton);

        QCOMPARE(clicked.count(), 2);
    }

    void anIconButtonSaysItsNameAndKey() {
        const IconButton button("loop", "Loop", "L");
        QCOMPARE(button.accessibleName(), "Loop");
        QVERIFY(button.toolTip().contains("(L)"));
    }

    void wordsFitTheirButtons() {
        for (const auto size : {ButtonSize::Small, ButtonSize::Normal, ButtonSize::Large, ButtonSize::Main}) {
            PushButton button("Generate 4 takes", ButtonKind::Model);
            button.setSize(size);
            const int bare = button.sizeHint().width();
            button.setIconName("generate");
            button.setShortcutText("Ctrl Enter");
            QVERIFY(button.sizeHint().width() > bare + 40);
            QVERIFY(bare > QFontMetrics(button.font()).horizontalAdvance("Generate"));
        }
    }
};

QTEST_MAIN(ControlsTest)
#include "controls_test.moc"
