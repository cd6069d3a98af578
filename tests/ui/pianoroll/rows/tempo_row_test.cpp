#include "tests/ui/pianoroll/rows/row_fixture.h"

#include <QSignalSpy>
#include <cmath>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

/// 120, from bar 3 on 90.
score::Score twoTempos() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    piece.tempos.push_back({.id = mint.event(), .at = {2 * kBar}, .microsecondsPerQuarter = 666'667});
    return piece;
}

QString shown(TempoRow& row) {
    QStringList texts;
    for (const auto& point : row.points())
        texts << QString("%1 %2%3")
                     .arg(static_cast<double>(point.at.fromStart) / kBar)
                     .arg(point.bpm)
                     .arg(point.ramp ? " ramp" : "");
    return texts.join("; ");
}

struct Hand : RowFixture {
    explicit Hand(score::Score piece = twoTempos()) : RowFixture(std::move(piece)) {}
    TempoRow& row() { return rows().tempo(); }
    QPointF point(std::size_t index) {
        return {row().xOf(row().points()[index]), row().yOf(row().points()[index].bpm)};
    }
};

} // namespace

class TempoRowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubleClickTypesANumber() {
        Hand roll;
        roll.doubleClickIn(roll.row(), {roll.xOf(roll.row(), kBar), 20});
        roll.type(roll.row(), "96,5");
        QCOMPARE(shown(roll.row()), QString("0 120; 1 96.5; 2 90"));
        QVERIFY(roll.isOneStep("Tempo 96,5"));
        roll.doubleClickIn(roll.row(), roll.point(1));
        QCOMPARE(roll.row().findChild<QLineEdit*>()->text(), QString("96.5"));
        roll.type(roll.row(), "fast");
        QVERIFY(roll.row().isTyping());
        QCOMPARE(roll.steps(), 1);
    }

    void aPointIsDraggedInTimeAndTempo() {
        Hand roll;
        const auto from = roll.point(1);
        const QPointF to(roll.xOf(roll.row(), 3 * kBar), roll.row().yOf(100));
        roll.dragIn(roll.row(), from, to);
        QCOMPARE(shown(roll.row()), QString("0 120; 3 100"));
        QVERIFY(roll.isOneStep("Change the tempo"));
    }

    void controlIsFine() {
        Hand roll;
        const auto from = roll.point(1);
        roll.dragIn(roll.row(), from, from - QPointF(0, 7), Qt::ControlModifier);
        QCOMPARE(shown(roll.row()), QString("0 120; 2 90.07"));
    }

    void aLineMovesItsTempoAlone() {
        Hand roll;
        const QPointF from(roll.xOf(roll.row(), kBar), roll.row().yOf(120));
        roll.dragIn(roll.row(), from, {from.x() + 60, roll.row().yOf(110)});
        QCOMPARE(shown(roll.row()), QString("0 110; 2 90"));
    }

    void escapeRestores() {
        Hand roll;
        const auto from = roll.point(1);
        roll.pressIn(roll.row(), from);
        roll.moveIn(roll.row(), from - QPointF(50, 10));
        QVERIFY(shown(roll.row()) != QString("0 120; 2 90"));
        QVERIFY(roll.document.score() == roll.before);
        QTest::keyClick(&roll.row(), Qt::Key_Escape);
        roll.releaseIn(roll.row(), from);
        QCOMPARE(shown(roll.row()), QString("0 120; 2 90"));
        QCOMPARE(roll.steps(), 0);
    }

    void rampsAreMadeMovedAndHeldAgain() {
        Hand roll;
        auto& row = roll.row();
        QVERIFY(roll.choose(row, 100, "Straight to the next"));
        QCOMPARE(shown(row), QString("0 120 ramp; 2 90"));
        QVERIFY(roll.isOneStep("Ramp of tempo"));
        QVERIFY(roll.document.score().tempos.size() > 3);
        const auto& tempo = roll.document.tempoMap();
        const double there = 60.0 * 8 / (90 - 120) * std::log(90.0 / 120);
        QVERIFY(std::abs(tempo.secondsAt({2 * kBar}) - there) < 1e-4);
        roll.dragIn(row, roll.point(1), {roll.xOf(row, kBar), row.yOf(80)});
        QCOMPARE(shown(row), QString("0 120 ramp; 1 80"));
        row.setFocus();
        row.choose(0);
        QTest::keyClick(&row, Qt::Key_R);
        QCOMPARE(shown(row), QString("0 120; 1 80"));
        QCOMPARE(roll.document.score().tempos.size(), std::size_t{2});
        QVERIFY(roll.document.score().ramps.empty());
        for (int i = roll.steps(); i > 0; --i) roll.document.history().undo();
        QVERIFY(roll.document.score() == roll.before);
    }

    void theKeyboardDoesAllOfIt() {
        Hand roll;
        auto& row = roll.row();
        row.setFocus();
        QTest::keyClick(&row, Qt::Key_Right);
        QTest::keyClick(&row, Qt::Key_Right);
        QCOMPARE(row.chosen(), 1);
        QTest::keyClick(&row, Qt::Key_Up);
        QTest::keyClick(&row, Qt::Key_Down, Qt::ControlModifier);
        QCOMPARE(shown(row), QString("0 120; 2 90.99"));
        QTest::keyClick(&row, Qt::Key_Left, Qt::AltModifier);
        QVERIFY(row.points()[1].at.fromStart < 2 * kBar);
        QTest::keyClick(&row, Qt::Key_Delete);
        QCOMPARE(shown(row), QString("0 120"));
        QCOMPARE(roll.undoText(), QString("Delete a tempo"));
    }

    void tapsSetTheTempoInForceAtThePlayhead() {
        Hand roll;
        for (int i = 0; i < 5; ++i) roll.row().tap(100 + i * 0.4);
        QCOMPARE(roll.steps(), 0);
        roll.row().setFocus();
        QTest::keyClick(&roll.row(), Qt::Key_Return);
        QCOMPARE(shown(roll.row()), QString("0 150; 2 90"));
        QVERIFY(roll.isOneStep("Tap the tempo"));
        roll.row().tap(200);
        roll.row().tap(200.5);
        QTest::keyClick(&roll.row(), Qt::Key_Escape);
        roll.row().finishTapping();
        QCOMPARE(roll.steps(), 1);
    }

    void aPauseBeginsTheTapsAnew() {
        TapTempo taps;
        QVERIFY(!taps.tap(1));
        QVERIFY(std::abs(*taps.tap(1.5) - 120) < 1e-9);
        QVERIFY(!taps.tap(5));
        QVERIFY(std::abs(*taps.tap(5.6) - 100) < 1e-9);
        for (int i = 0; i < 30; ++i) taps.tap(5.6 + 0.25 * (i + 1));
        QCOMPARE(taps.taps(), 9);
    }
};

QTEST_MAIN(TempoRowTest)
#include "tempo_row_test.moc"
