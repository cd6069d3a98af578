#include "ui/theme/theme.h"
#include "ui/training/plot_panel.h"
#include "ui/training/run_plots.h"
#include "ui/widgets/push_button.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

using namespace continuo;
using namespace continuo::ui;

namespace {

RunCurves fallingCurves(int steps) {
    RunCurves curves;
    for (int step = 1; step <= steps; ++step) {
        runs::MetricPoint point{step, step * 0.1, step * 500, {{kTrainLoss, 1.0 + 20.0 / step}, {kLearningRate, 1e-3}}};
        if (step % 10 == 0) point.values[kValidationLoss] = 1.1 + 20.0 / step;
        curves.add(point);
    }
    return curves;
}

/// A panel on screen with one run of 400 steps.
struct ShownPanel {
    RunCurves curves = fallingCurves(400);
    PlotPanel panel;
    RunPlots& plots = panel.plots();
    QWidget* canvas = plots.findChild<QWidget*>("runPlots");

    ShownPanel() {
        panel.resize(1000, 600);
        panel.show();
        if (!QTest::qWaitForWindowExposed(&panel)) qFatal("the panel was not exposed");
        QObject::connect(&panel, &PlotPanel::redrawRequested, &panel, [this] { redraw(); });
        redraw();
        QCoreApplication::processEvents();
    }
    void redraw() { panel.showRuns({{"run", &curves, 0, {}, false}}); }

    QPoint inLoss(double across, double down) const {
        const auto area = plots.lossArea();
        return QPointF(area.left() + across * area.width(), area.top() + down * area.height()).toPoint();
    }
    void drag(QPoint from, QPoint to) const {
        QTest::mousePress(canvas, Qt::LeftButton, {}, from);
        for (int part = 1; part <= 4; ++part) QTest::mouseMove(canvas, from + (to - from) * part / 4);
        QTest::mouseRelease(canvas, Qt::LeftButton, {}, to);
        QCoreApplication::processEvents();
    }
};

} // namespace

class RunPlotsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allPointsOfTheRunInFrontAreInView() {
        const ShownPanel shown;

        QCOMPARE(shown.plots.pointCount(), 400);
        QVERIFY(shown.plots.visibleProgress().second >= 400);
        QVERIFY(shown.plots.isLogarithmic());
        QVERIFY(shown.plots.visibleLoss().first < 1.05);
    }

    void aDragZoomsAndADoubleClickShowsAllAgain() {
        ShownPanel shown;
        const auto whole = shown.plots.visibleProgress();

        shown.drag(shown.inLoss(0.5, 0.3), shown.inLoss(0.75, 0.9));
        const auto zoomed = shown.plots.visibleProgress();

        QVERIFY(std::abs(zoomed.first - whole.second * 0.5) < whole.second * 0.02);
        QVERIFY(std::abs(zoomed.second - whole.second * 0.75) < whole.second * 0.02);
        QVERIFY(!shown.plots.isFollowing());
        QTest::mouseDClick(shown.canvas, Qt::LeftButton, {}, shown.inLoss(0.5, 0.5));
        QCOMPARE(shown.plots.visibleProgress(), whole);
        QVERIFY(shown.plots.isFollowing());
    }

    void theWheelZoomsAtThePointer() {
        ShownPanel shown;
        const auto whole = shown.plots.visibleProgress();
        const auto at = shown.inLoss(0.25, 0.5);
        QWheelEvent turn(at, shown.canvas->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                         Qt::NoScrollPhase, false);

        QCoreApplication::sendEvent(shown.canvas, &turn);

        const auto [first, last] = shown.plots.visibleProgress();
        QVERIFY(last - first < whole.second - whole.first);
        QVERIFY(std::abs((first + (last - first) * 0.25) - whole.second * 0.25) < whole.second * 0.02);
    }

    void newPointsLeaveAZoomedViewAlone() {
        ShownPanel shown;
        shown.drag(shown.inLoss(0.2, 0.2), shown.inLoss(0.4, 0.8));
        const auto zoomed = shown.plots.visibleProgress();

        shown.curves = fallingCurves(600);
        shown.redraw();

        QCOMPARE(shown.plots.visibleProgress(), zoomed);
        QCOMPARE(shown.plots.pointCount(), 600);
        shown.plots.setFollowing(true);
        QVERIFY(shown.plots.visibleProgress().second >= 600);
    }

    void theLogButtonSwitchesTheAxis() {
        ShownPanel shown;
        auto* button = shown.panel.findChild<PushButton*>("logarithm");

        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!shown.plots.isLogarithmic());
        QTest::mouseClick(button, Qt::LeftButton);

        QVERIFY(shown.plots.isLogarithmic());
    }

    void aClickSaysTheStep() {
        ShownPanel shown;
        QSignalSpy clicked(&shown.plots, &RunPlots::stepClicked);

        QTest::mouseClick(shown.canvas, Qt::LeftButton, {}, shown.inLoss(0.5, 0.5));

        QCOMPARE(clicked.size(), 1);
        QVERIFY(std::abs(clicked[0][0].toDouble() - shown.plots.visibleProgress().second / 2) < 5);
    }

    void aChangeOfThemeRedrawsInItsColours() {
        ShownPanel shown;
        const auto dark = shown.panel.grab().toImage();

        QVERIFY(Theme::use("light"));
        QCoreApplication::processEvents();
        const auto light = shown.panel.grab().toImage();
        Theme::use("dark");

        QVERIFY(light.pixelColor(shown.inLoss(0.9, 0.1) + QPoint(0, 40)).lightness() > 200);
        QVERIFY(dark.pixelColor(shown.inLoss(0.9, 0.1) + QPoint(0, 40)).lightness() < 60);
    }

    void hundredThousandPointsAreDrawnWhole() {
        ShownPanel shown;
        shown.curves = fallingCurves(100'000);
        QElapsedTimer clock;
        clock.start();

        shown.redraw();
        QCoreApplication::processEvents();

        QCOMPARE(shown.plots.pointCount(), 100'000);
        qInfo("100,000 points: %lld ms to hand over and draw", static_cast<long long>(clock.elapsed()));
    }
};

QTEST_MAIN(RunPlotsTest)
#include "run_plots_test.moc"
