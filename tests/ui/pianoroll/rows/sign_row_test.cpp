#include "tests/ui/pianoroll/rows/row_fixture.h"
#include "ui/pianoroll/rows/scale_names.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

QString shown(FlagRow& row) {
    QStringList texts;
    for (const auto& flag : row.flags())
        texts << QString("%1 %2").arg(static_cast<double>(flag.range.start.fromStart) / kBar).arg(flag.text);
    return texts.join("; ");
}

} // namespace

class SignRowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneFlagSaysKeyMeterAndTempo() {
        RowFixture roll;
        auto& row = roll.rows().signs();
        QCOMPARE(shown(row), QString("0 4/4, 120"));
        roll.typeIn(row, 100, "Eb major, 3/4, 72.5");
        QCOMPARE(shown(row), QString("0 E♭ major, 3/4, 72.5"));
        QVERIFY(roll.isOneStep("Set Eb major, 3/4, 72.5"));
    }

    void aWordThatIsNoneOfThemIsRefusedWhole() {
        RowFixture roll;
        auto& row = roll.rows().signs();
        QSignalSpy told(&roll.panel, &RollPanel::hintChanged);
        roll.typeIn(row, 100, "3/4, quickly");
        QVERIFY(row.isTyping());
        QVERIFY(told.last()[0].toString().contains("quickly"));
        QVERIFY(roll.document.score() == roll.before);
    }

    void scalesOfTheTableAndOfTheUserAreKnown() {
        RowFixture roll;
        auto& row = roll.rows().keys();
        roll.typeIn(row, kBar, "d dorian");
        QCOMPARE(shown(row), QString("1 D Dorian"));
        QVERIFY(score::scaleAt(roll.document.score(), {kBar}).contains(71));
        QVERIFY(!score::scaleAt(roll.document.score(), {kBar}).contains(70));
        QVERIFY(roll.choose(row, kBar, "Lydian"));
        QCOMPARE(shown(row), QString("1 D Lydian"));

        const QTemporaryDir folder;
        QFile file(folder.filePath("scales.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"scales\": [{\"name\": \"Mine\", \"steps\": [0, 3, 6]}]}");
        file.close();
        const auto names = loadScaleNames(folder.filePath("scales.json").toStdString());
        QVERIFY(names.fault.isEmpty() && names.table.find("mine"));
        QVERIFY(loadScaleNames(folder.filePath("none.json").toStdString()).fault.isEmpty());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"scales\": [{\"name\": \"Mine\", \"steps\": [3]}]}");
        file.close();
        QVERIFY(!loadScaleNames(folder.filePath("scales.json").toStdString()).fault.isEmpty());
    }

    void rescalingMovesTheMusicUpToTheNextFlag() {
        RowFixture roll; // C E G
        auto& row = roll.rows().keys();
        roll.typeIn(row, 0, "C major");
        QVERIFY(roll.choose(row, 100, "Rescale the music to…"));
        roll.type(row, "C minor");
        QCOMPARE(int{roll.notes()[1].pitch}, 63);
        QCOMPARE(roll.undoText(), QString("Rescale to C Natural minor"));
        QCOMPARE(roll.steps(), 2);
        roll.document.history().undo();
        QCOMPARE(int{roll.notes()[1].pitch}, 64);
    }

    void metersStandAtBarLinesAndCanPushWhatFollows() {
        RowFixture roll;
        auto& row = roll.rows().meters();
        roll.typeIn(row, 2 * kBar + 100, "3/4");
        QCOMPARE(shown(row), QString("0 4/4; 2 3/4"));
        QVERIFY(roll.isOneStep("Meter 3/4"));
        row.setRebar(score::Rebar::MoveFollowing);
        roll.typeIn(row, 100, "5/4");
        QCOMPARE(shown(row), QString("0 5/4; 2.5 3/4"));
        roll.document.history().undo();
        row.setRebar(score::Rebar::KeepTime);
        roll.typeIn(row, 100, "5/4");
        QCOMPARE(shown(row), QString("0 5/4; 2 3/4"));
    }

    void aMeterIsDraggedToAnotherBarLine() {
        RowFixture roll;
        auto& row = roll.rows().meters();
        roll.typeIn(row, 2 * kBar, "3/4");
        roll.dragIn(row, roll.in(row, 2 * kBar + 20), roll.in(row, kBar + 200));
        QCOMPARE(shown(row), QString("0 4/4; 1 3/4"));
        QCOMPARE(roll.undoText(), QString("Move meter"));
        roll.pressIn(row, roll.in(row, kBar + 20));
        roll.moveIn(row, roll.in(row, 3 * kBar));
        QTest::keyClick(&row, Qt::Key_Escape);
        roll.releaseIn(row, roll.in(row, 3 * kBar));
        QCOMPARE(shown(row), QString("0 4/4; 1 3/4"));
        QCOMPARE(roll.steps(), 2);
    }

    void theTempoFollowsSelectedNotes() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        for (const int at : {0, 1000, 2000, 3000}) piece.tracks[0].notes.push_back(noteAt(mint, at, 60));
        RowFixture roll(piece);
        auto& row = roll.rows().signs();
        QSignalSpy told(&roll.panel, &RollPanel::hintChanged);
        QVERIFY(roll.choose(row, 100, "Fit the tempo to the selected notes"));
        QVERIFY(told.last()[0].toString().contains("at least two"));
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(roll.choose(row, 100, "Fit the tempo to the selected notes"));
        QVERIFY(roll.isOneStep("Fit the tempo to 4 notes"));
        QCOMPARE(roll.notes()[3].onset.fromStart, 2880);
        QVERIFY(std::abs(roll.document.tempoMap().bpmAt({0}) - 115.2) < 0.01);
    }
};

QTEST_MAIN(SignRowTest)
#include "sign_row_test.moc"
