#include "engine/base/files.h"
#include "engine/corpus/dataset.h"
#include "tests/app/run_continuo.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;

namespace {

app::Outcome prepare(const QStringList& words) { return app::runContinuo(QStringList{"prepare"} + words); }

} // namespace

class PrepareCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWrittenBuiltInSetPreparesToTheSameMusic() {
        const QTemporaryDir folder;
        const auto midi = folder.filePath("midi"), out = folder.filePath("out");
        QCOMPARE(prepare({"--builtin", "scales", "--midi-out", midi}).code, 0);
        const auto made = prepare({"--midi", midi, "--out", out, "--splits", midi + "/splits.json", "--json"});
        QCOMPARE(made.code, 0);
        const auto json = QJsonDocument::fromJson(made.out).object();
        QCOMPARE(json["accepted"].toInt(), 24);
        QCOMPARE(json["parts"].toObject()["train"].toInt(), 20);

        const auto prepared = *corpus::Dataset::open(out.toStdString());
        const auto builtIn = *corpus::Dataset::open("scales");
        for (const auto& piece : builtIn.pieces()) {
            const auto same = std::ranges::find(prepared.pieces(), piece.name + ".mid", &corpus::Piece::name);
            QVERIFY(same != prepared.pieces().end() && same->part == piece.part);
            const auto& notes = same->score.tracks.at(0).notes;
            QVERIFY(std::ranges::equal(notes, piece.score.tracks[0].notes, [](const auto& a, const auto& b) {
                return a.onset == b.onset && a.length == b.length && a.pitch == b.pitch && a.velocity == b.velocity;
            }));
        }
    }

    void wrongWordsExitWithTwo_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("none") << QStringList{};
        QTest::newRow("no out") << QStringList{"--midi", "x"};
        QTest::newRow("unknown flag") << QStringList{"--midi", "x", "--out", "y", "--fast"};
        QTest::newRow("seed is no number") << QStringList{"--midi", "x", "--out", "y", "--seed", "many"};
        QTest::newRow("both kinds") << QStringList{"--midi",    "x",      "--out",      "y",
                                                   "--builtin", "scales", "--midi-out", "z"};
    }

    void wrongWordsExitWithTwo() {
        QFETCH(QStringList, words);
        const auto outcome = prepare(words);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.startsWith("continuo prepare: "), outcome.err.constData());
    }

    void refusedInputExitsWithOneAndASentence_data() {
        QTest::addColumn<QString>("midi");
        QTest::addColumn<QString>("says");
        QTest::newRow("missing") << "gone"
                                 << "is not a folder";
        QTest::newRow("a file") << "file"
                                << "is not a folder";
        QTest::newRow("no MIDI file") << "."
                                      << "holds no MIDI file";
    }

    void refusedInputExitsWithOneAndASentence() {
        QFETCH(QString, midi);
        QFETCH(QString, says);
        const QTemporaryDir folder;
        QVERIFY(base::saveFile(folder.filePath("file").toStdString(), base::bytesOf("x")));
        const auto outcome = prepare({"--midi", folder.filePath(midi), "--out", folder.filePath("out")});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains(says.toUtf8()), outcome.err.constData());
        QVERIFY(!QFileInfo::exists(folder.filePath("out")));
    }

    void anUnknownSetIsRefusedBeforeAnythingIsMade() {
        const QTemporaryDir folder;
        QCOMPARE(prepare({"--builtin", "bach", "--midi-out", folder.filePath("midi")}).code, 1);
        QVERIFY(!QFileInfo::exists(folder.filePath("midi")));
    }

    void aPlaceThatCannotBeWrittenIsNamed() {
        const QTemporaryDir folder;
        QCOMPARE(prepare({"--builtin", "scales", "--midi-out", folder.filePath("midi")}).code, 0);
        QVERIFY(base::saveFile(folder.filePath("file").toStdString(), base::bytesOf("x")));
        for (const auto* out : {"file", "file/out"}) {
            const auto outcome = prepare({"--midi", folder.filePath("midi"), "--out", folder.filePath(out)});
            QCOMPARE(outcome.code, 1);
            QVERIFY2(outcome.err.contains("file"), outcome.err.constData());
        }
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 2);
    }

    void helpExplainsAndExitsWithZero() {
        const auto outcome = prepare({"--help"});
        QCOMPARE(outcome.code, 0);
        QVERIFY(outcome.out.contains("--splits") && outcome.out.contains("Examples"));
    }
};

QTEST_APPLESS_MAIN(PrepareCommandTest)
#include "prepare_command_test.moc"
