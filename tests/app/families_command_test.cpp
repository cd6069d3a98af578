#include "engine/midi/midi_file_reader.h"
#include "tests/app/run_continuo.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo;
using app::runContinuo;

/// Every family of nets goes the whole way: learn, continue, stand on its own, be measured.
class FamiliesCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!app::knowsCommand("train")) QSKIP("this build cannot train");
    }

    void aFamilyLearnsAndWrites_data() {
        QTest::addColumn<QString>("network");
        for (const char* name : {"mmt-1m", "tpd-1m", "structured-1m"}) QTest::newRow(name) << QString(name);
    }

    void aFamilyLearnsAndWrites() {
        QFETCH(QString, network);
        QTemporaryDir folder;
        const auto run = folder.filePath("run");
        const auto trained = runContinuo({"train", "dataset=scales", "network=" + network, "network.attn_layers=1",
                                          "trainer.max_steps=3", "run_dir=" + run},
                                         120);
        QVERIFY2(trained.code == 0, trained.err.constData());

        const auto piece = folder.filePath("new.mid");
        const auto made = runContinuo({"generate", "--checkpoint", run, "--bars", "2", "--out", piece});
        QVERIFY2(made.code == 0, made.err.constData());
        QVERIFY(midi::readFile(piece.toStdString()).has_value());

        const auto prompt = QStringLiteral(CONTINUO_SOURCE_DIR "/resources/demo/chorale.mid");
        const auto continued = runContinuo(
            {"generate", "--checkpoint", run, "--prompt", prompt, "--prompt-bars", "2", "--bars", "2", "--out", piece});
        QVERIFY2(continued.code == 0, continued.err.constData());
        const auto before = midi::readFile(prompt.toStdString()), after = midi::readFile(piece.toStdString());
        QVERIFY(before && after);
        QCOMPARE(after->score.tracks.size(), before->score.tracks.size());

        const auto measured = runContinuo({"evaluate", "--checkpoint", run, "--samples", "0", "--json"}, 120);
        QVERIFY2(measured.code == 0, measured.err.constData());
        QVERIFY(!QJsonDocument::fromJson(measured.out).object().isEmpty());
    }
};

QTEST_GUILESS_MAIN(FamiliesCommandTest)
#include "families_command_test.moc"
