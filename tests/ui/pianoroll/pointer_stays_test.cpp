#include "tests/ui/pianoroll/roll_fixture.h"

#include <QNativeGestureEvent>
#include <QPointingDevice>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// A piece of 300 bars, scrolled into its middle.
struct LongRoll : RollFixture {
    LongRoll() : RollFixture(longPiece()) {
        panel.state().scrollTo({400'000});
        view().repaint();
    }
    static score::Score longPiece() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        for (int i = 0; i < 1200; ++i) piece.tracks[0].notes.push_back(noteAt(mint, i * 960, 40 + i % 50));
        return piece;
    }
    const RollGeometry& geometry() { return panel.state().geometry(); }
    double tickAt(QPointF at) { return geometry().tickReal(at.x()); }
    double rowAt(QPointF at) { return (at.y() + geometry().scrollY) / geometry().rowHeight; }
    void wheelEvent(QPointF at, QPoint pixels, QPoint angle, Qt::KeyboardModifiers modifiers,
                    Qt::ScrollPhase phase = Qt::NoScrollPhase) {
        QWheelEvent event(at, view().mapToGlobal(at), pixels, angle, Qt::NoButton, modifiers, phase, false);
        QApplication::sendEvent(&view(), &event);
    }
    void gesture(QPointF at, Qt::NativeGestureType type, double value, Qt::KeyboardModifiers modifiers = {}) {
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, at, at, view().mapToGlobal(at),
                                  value, {});
        event.setModifiers(modifiers);
        QApplication::sendEvent(&view(), &event);
    }
};

} // namespace

/// Section 21, check 7: whatever zooms, the bar under the pointer stays under the pointer; whatever scrolls, moves by
/// just the pixels it says.
class PointerStaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWheelWithControlZoomsAroundThePointer() {
        LongRoll roll;
        for (const QPointF at : {QPointF(3, 40), QPointF(500, 200), QPointF(1000, 300)}) {
            const double tick = roll.tickAt(at);
            for (const int angle : {120, 240, -120, 15, -15, 1200, -1200}) {
                const double before = roll.geometry().pixelsPerTick;
                roll.wheelEvent(at, {}, {0, angle}, Qt::ControlModifier);
                QVERIFY(roll.geometry().pixelsPerTick != before);
                QVERIFY(roll.geometry().pixelsPerTick / before <= 2.01 &&
                        before / roll.geometry().pixelsPerTick <= 2.01);
                QVERIFY(std::abs(roll.tickAt(at) - tick) < 1);
            }
        }
    }

    void aPinchZoomsAroundItsMiddle() {
        LongRoll roll;
        const QPointF at(700, 150);
        const double tick = roll.tickAt(at), row = roll.rowAt(at);
        roll.gesture(at, Qt::BeginNativeGesture, 0);
        for (const double value : {0.02, 0.1, 0.3, -0.2, -0.05}) {
            const double before = roll.geometry().pixelsPerTick;
            roll.gesture(at, Qt::ZoomNativeGesture, value);
            QVERIFY(std::abs(roll.geometry().pixelsPerTick / before - (1 + value)) < 1e-9);
            QVERIFY(std::abs(roll.tickAt(at) - tick) < 1);
        }
        roll.gesture(at, Qt::EndNativeGesture, 0);
        const double across = roll.geometry().pixelsPerTick;
        for (const double value : {0.1, -0.05}) {
            roll.gesture(at, Qt::ZoomNativeGesture, value, Qt::ShiftModifier);
            QVERIFY(std::abs(roll.rowAt(at) - row) < 0.01);
        }
        QCOMPARE(roll.geometry().pixelsPerTick, across);
    }

    void aTrackpadScrollsByItsPixelsThroughTheGlide() {
        LongRoll roll;
        const auto before = roll.geometry();
        double x = 0, y = 0;
        const auto scroll = [&](QPoint by, Qt::ScrollPhase phase) {
            roll.wheelEvent({400, 200}, by, by * 2, {}, phase);
            x -= by.x(), y -= by.y();
            QCOMPARE(roll.geometry().scrollX, before.scrollX + x);
            QCOMPARE(roll.geometry().scrollY, before.scrollY + y);
        };
        scroll({-7, -3}, Qt::ScrollBegin);
        for (int i = 0; i < 5; ++i) scroll({-11, 4}, Qt::ScrollUpdate);
        scroll({0, 0}, Qt::ScrollEnd);
        for (int speed = 9; speed > 0; speed -= 2) scroll({-speed, -speed / 2}, Qt::ScrollMomentum); // inertia
    }

    void aTiltedWheelGoesSideways() {
        LongRoll roll;
        const auto before = roll.geometry();
        roll.wheelEvent({400, 200}, {}, {-120, 0}, {});
        QVERIFY(roll.geometry().scrollX > before.scrollX);
        QCOMPARE(roll.geometry().scrollY, before.scrollY);
        roll.wheelEvent({400, 200}, {}, {120, 0}, {});
        QCOMPARE(roll.geometry().scrollX, before.scrollX);
    }

    void eighthsOfANotchAddUpToOne() {
        LongRoll roll;
        const auto before = roll.geometry();
        for (int i = 0; i < 8; ++i) roll.wheelEvent({400, 200}, {}, {0, -15}, {});
        QVERIFY(std::abs(roll.geometry().scrollY - before.scrollY - 3 * before.rowHeight) < 1e-6);
    }

    void zoomingInAFoldedRollKeepsTheRowUnderThePointer() {
        LongRoll roll;
        roll.key(Qt::Key_F);
        auto view = roll.geometry();
        view.rowHeight = 25;
        view.scrollY = 300;
        roll.panel.state().setGeometry(view);
        const QPointF at(300, 170);
        const double row = roll.rowAt(at);
        for (const int angle : {120, -120, 240}) {
            roll.wheelEvent(at, {}, {0, angle}, Qt::ControlModifier | Qt::ShiftModifier);
            QVERIFY(std::abs(roll.rowAt(at) - row) < 0.01);
        }
    }
};

QTEST_MAIN(PointerStaysTest)
#include "pointer_stays_test.moc"
