#include "tests/ui/pianoroll/rows/row_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr std::int64_t kBar = 3840;

/// C major, F major, G seventh and C major, a bar each.
score::Score fourChords() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    const std::vector<std::vector<int>> chords{{48, 64, 67, 72}, {53, 65, 69, 72}, {55, 65, 71, 74}, {48, 64, 67, 72}};
    for (std::size_t bar = 0; bar < chords.size(); ++bar)
        for (const int pitch : chords[bar])
            piece.tracks[0].notes.push_back(noteAt(mint, static_cast<std::int64_t>(bar) * kBar, pitch, kBar));
    piece.end = {4 * kBar};
    return piece;
}

QString shown(ChordRow& row) {
    QStringList texts;
    for (const auto& flag : row.flags())
        texts << (flag.ids.empty() ? "(" + flag.text + ")" : flag.text) +
                     QString(" %1-%2")
                         .arg(static_cast<double>(flag.range.start.fromStart) / kBar)
                         .arg(static_cast<double>(flag.range.end.fromStart) / kBar);
    return texts.join("; ");
}

} // namespace

class ChordRowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTheNotesSayIsShownUntilSomebodyWritesIt() {
        RowFixture roll(fourChords());
        auto& row = roll.rows().chords();
        QTRY_COMPARE(shown(row), QString("(C) 0-1; (F) 1-2; (G7) 2-3; (C) 3-4"));
        roll.typeIn(row, kBar + 100, "Fmaj7/C");
        QCOMPARE(roll.document.score().chords.at(0).name, std::string("Fmaj7/C"));
        QVERIFY(roll.isOneStep("Chord Fmaj7/C"));
        QTRY_COMPARE(shown(row), QString("(C) 0-1; Fmaj7/C 1-4")); // up to the next
    }

    void aNameThatIsNoChordIsRefusedWithAReason() {
        RowFixture roll(fourChords());
        auto& row = roll.rows().chords();
        QSignalSpy told(&roll.panel, &RollPanel::hintChanged);
        roll.typeIn(row, 0, "Hello");
        QVERIFY(row.isTyping());
        QVERIFY(told.last()[0].toString().contains("Hello"));
        QCOMPARE(roll.steps(), 0);
        roll.type(row, "n.c.");
        QCOMPARE(roll.document.score().chords.at(0).name, std::string());
    }

    void allGuessesAreWrittenDownInOneStep() {
        RowFixture roll(fourChords());
        auto& row = roll.rows().chords();
        QVERIFY(roll.choose(row, 0, "Write all detected chords down"));
        QVERIFY(roll.isOneStep("Fix 4 chords"));
        QCOMPARE(shown(row), QString("C 0-1; F 1-2; G7 2-3; C 3-4"));
        QVERIFY(roll.choose(row, 0, "Write all detected chords down"));
        QCOMPARE(roll.steps(), 1);
    }

    void edgesAreDragged() {
        RowFixture roll(fourChords());
        auto& row = roll.rows().chords();
        row.fixAll();
        roll.dragIn(row, roll.in(row, kBar), roll.in(row, kBar / 2));
        QCOMPARE(shown(row), QString("C 0-0.5; F 0.5-2; G7 2-3; C 3-4"));
        roll.dragIn(row, roll.in(row, 4 * kBar) - QPointF(3, 0), roll.in(row, 3 * kBar + kBar / 2));
        QTRY_COMPARE(shown(row), QString("C 0-0.5; F 0.5-2; G7 2-3; C 3-3.5; (C) 3.5-4"));
        QCOMPARE(roll.steps(), 3);
        for (int i = 0; i < 3; ++i) roll.document.history().undo();
        QVERIFY(roll.document.score() == roll.before);
    }

    void aClickSoundsAndTheReleaseEndsIt() {
        RowFixture roll(fourChords());
        auto& row = roll.rows().chords();
        QTRY_COMPARE(row.flags().size(), std::size_t{4});
        QSignalSpy sounds(&roll.panel, &RollPanel::auditionRequested), ends(&roll.panel, &RollPanel::auditionEnded);
        roll.clickIn(row, roll.in(row, 2 * kBar + 900));
        std::vector<int> keys;
        for (const auto& sound : sounds) keys.push_back(sound[1].toInt());
        QCOMPARE(keys, (std::vector{55, 59, 62, 65}));
        QCOMPARE(ends.size(), 1);
        QCOMPARE(roll.steps(), 0);
    }

    void aChordIsStampedIntoTheTrack() {
        RowFixture roll;
        auto& row = roll.rows().chords();
        roll.typeIn(row, kBar, "Dm7");
        roll.typeIn(row, 2 * kBar, "n.c.");
        const auto count = roll.notes().size();
        QVERIFY(roll.choose(row, kBar + 960, "Its notes into the current track"));
        QCOMPARE(roll.notes().size(), count + 4);
        QCOMPARE(roll.notes().back().length, score::Ticks{kBar});
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{4});
        QCOMPARE(roll.undoText(), QString("Stamp Dm7"));
    }
};

QTEST_MAIN(ChordRowTest)
#include "chord_row_test.moc"
