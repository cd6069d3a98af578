#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/engine/tokens/token_scores.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;

namespace {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;
};

Outcome tokenize(const QStringList& words) {
    QProcess process;
    process.start(QString(CONTINUO_BINARY_DIR "/continuo"), QStringList{"tokenize"} + words);
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

} // namespace

class TokenizeCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(folder_.isValid());
        band_ = folder_.filePath("band.mid");
        QVERIFY(midi::saveFile(tokens::vectorScore(), band_.toStdString()));
        score::Score solo;
        score::IdMint mint;
        solo.division.ticksPerQuarter = 12;
        solo.tracks.push_back(
            tokens::testTrack(mint, 0, false, {{6, 60, 12}, {6, 64, 300}, {300, 127, 1}, {303, 5, 7}}));
        solo_ = folder_.filePath("solo.mid");
        QVERIFY(midi::saveFile(solo, solo_.toStdString()));
    }

    void parityRowsAreTheConformanceVector() {
        const auto shown = tokenize({band_, "--tokenizer", "mmt", "--parity", "midi-lm", "--csv"});
        QCOMPARE(shown.code, 0);
        QCOMPARE(shown.out,
                 QByteArray("0,0,0,0,0,0\n1,0,0,0,0,1\n1,0,0,0,0,31\n1,0,0,0,0,50\n2,0,0,0,0,0\n3,1,1,37,3,1\n"
                            "3,1,1,49,23,31\n3,1,1,56,23,31\n3,1,1,77,12,50\n3,2,1,80,6,50\n3,2,7,82,6,50\n"
                            "3,3,1,53,12,31\n3,3,7,84,23,50\n4,0,0,0,0,0\n"));
        QCOMPARE(tokenize({band_, "--parity", "mmt", "--csv"}).out.count('\n'), 12);
    }

    void oneColumnAndThreeColumns() {
        const auto tpd = tokenize({solo_, "--tokenizer", "tpd", "--parity", "midi-lm", "--csv"});
        QCOMPARE(tpd.out, QByteArray("0,1,0\n2,63,4\n1,67,13\n9,130,1\n1,8,3\n0,2,0\n"));
        const auto structured = tokenize({solo_, "--tokenizer", "structured", "--parity", "midi-lm", "--csv"});
        QCOMPARE(structured.out,
                 QByteArray("1\n63\n150\n174\n425\n67\n150\n418\n419\n130\n150\n163\n675\n8\n150\n169\n422\n2\n"));
    }

    void decodingGoesBackToMidi_data() {
        QTest::addColumn<QString>("tokenizer");
        QTest::addColumn<QString>("parity");
        QTest::newRow("mmt") << "mmt"
                             << "none";
        QTest::newRow("mmt of midi-lm") << "mmt"
                                        << "midi-lm";
        QTest::newRow("mmt-official") << "mmt-official"
                                      << "mmt";
        QTest::newRow("tpd") << "tpd"
                             << "none";
        QTest::newRow("structured") << "structured"
                                    << "none";
    }

    void decodingGoesBackToMidi() {
        QFETCH(QString, tokenizer);
        QFETCH(QString, parity);
        const auto csv = folder_.filePath("rows.csv"), again = folder_.filePath("again.mid");
        const QStringList which{"--tokenizer", tokenizer, "--parity", parity};
        QCOMPARE(tokenize(QStringList{band_, "--csv", "--out", csv} + which).code, 0);
        const auto decoded = tokenize(QStringList{csv, "--decode", "--out", again} + which);
        QVERIFY2(decoded.code == 0, decoded.err.constData());
        const auto rows = tokenize(QStringList{again, "--csv"} + which).out;
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(rows, file.readAll());
    }

    void severalTracksAreRefusedInParityAndReadAsOneOtherwise() {
        const auto refused = tokenize({band_, "--tokenizer", "tpd", "--parity", "midi-lm", "--csv"});
        QCOMPARE(refused.code, 1);
        QVERIFY(refused.out.isEmpty() && refused.err.contains("exactly one track"));
        const auto read = tokenize({band_, "--tokenizer", "tpd", "--csv"});
        QCOMPARE(read.code, 0);
        QVERIFY(read.err.contains("2 tracks are read as one") && read.err.contains("drums are left out"));
    }

    void aSummaryAndTheTables() {
        QVERIFY(tokenize({band_}).out.startsWith("mmt: 8 notes in 14 rows of 6, the whole piece"));
        QVERIFY(tokenize({"--describe", "--tokenizer", "tpd"}).out.contains("known_time_shifts"));
    }

    void wrongWordsAndWrongRowsAreSaid() {
        QCOMPARE(tokenize({}).code, 2);
        QCOMPARE(tokenize({band_, "--tokenizer", "remi"}).code, 2);
        QCOMPARE(tokenize({band_, "--tokenizer", "tpd", "--parity", "mmt"}).code, 2);
        QCOMPARE(tokenize({band_, "--max-rows", "3"}).code, 2);
        QCOMPARE(tokenize({band_, "--decode"}).code, 2);
        QCOMPARE(tokenize({band_, "--decode", "--out", folder_.filePath("x.txt")}).code, 2);
        QCOMPARE(tokenize({band_, "--track", "1"}).code, 2); // mmt reads all
        QCOMPARE(tokenize({band_, "--tokenizer", "tpd", "--max-beats", "8"}).code, 2);
        const auto csv = folder_.filePath("bad.csv");
        QVERIFY(base::saveFile(csv.toStdString(), base::bytesOf("0,1,0\n2,63\n")));
        auto bad = tokenize({csv, "--tokenizer", "tpd", "--decode", "--out", folder_.filePath("x.mid")});
        QCOMPARE(bad.code, 1);
        QVERIFY2(bad.err.contains("line 2: 2 numbers, but a row of tpd has 3"), bad.err.constData());
        QVERIFY(base::saveFile(csv.toStdString(), base::bytesOf("0,1,0\n2,63,77\n")));
        bad = tokenize({csv, "--tokenizer", "tpd", "--decode", "--out", folder_.filePath("x.mid")});
        QVERIFY2(bad.err.contains("row 1: duration 77 is outside 0..13"), bad.err.constData());
        QVERIFY(!QFile::exists(folder_.filePath("x.mid")));
    }

private:
    QTemporaryDir folder_;
    QString band_, solo_;
};

QTEST_APPLESS_MAIN(TokenizeCommandTest)
#include "tokenize_command_test.moc"
