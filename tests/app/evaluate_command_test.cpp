#include "engine/base/files.h"
#include "engine/base/json.h"
#include "tests/app/run_continuo.h"
#include "tests/engine/inference/random_checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace continuo;
using app::runContinuo;

/// The measures of a net with random weights; its losses need LibTorch and are tried where training is.
class EvaluateCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!app::knowsCommand("evaluate")) QSKIP("this build has no learning module");
        checkpoint_ = folder_.filePath("net/step-3");
        inference::writeRandomCheckpoint(checkpoint_.toStdString(), 3);
    }

    void jsonHoldsGroundTruthAndSamples() {
        const auto outcome = evaluate({"--samples", "6", "--rows", "80", "--seed", "4", "--json"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto json = *base::parseJson(outcome.out.toStdString());
        QCOMPARE(json["network"].get<std::string>(), std::string("small"));
        QCOMPARE(json["step"].get<int>(), 3);
        QCOMPARE(json["dataset"].get<std::string>(), std::string("scales"));
        QVERIFY(!json.contains("loss"));
        QCOMPARE(json["ground_truth"]["pieces"].get<int>(), 4);
        QCOMPARE(json["ground_truth"]["measures"]["scale_consistency"]["mean"].get<double>(), 1.0);
        const auto& samples = json["samples"];
        QCOMPARE(samples["pieces"].get<int>() + samples["empty"].get<int>(), 6);
        QVERIFY(samples["measures"]["pitch_class_entropy"]["confidence95"].is_number());
        QVERIFY(samples["notes"].get<int>() > 0);
    }

    void theSameSeedGivesTheSameMeasures() {
        const auto measures = [&](const QString& seed) {
            const auto outcome = evaluate({"--samples", "5", "--rows", "60", "--seed", seed, "--json"});
            return (*base::parseJson(outcome.out.toStdString()))["samples"]["measures"].dump();
        };
        QCOMPARE(measures("7"), measures("7"));
        QVERIFY(measures("7") != measures("8"));
    }

    void theSamplersOfTheReferencesDrawOtherPieces() {
        const auto pitches = [&](const QStringList& words) {
            const auto outcome =
                evaluate(QStringList{"--samples", "8", "--rows", "60", "--precision", "fp32", "--json"} + words);
            return (*base::parseJson(outcome.out.toStdString()))["samples"]["measures"]["pitch_entropy"]["mean"]
                .get<double>();
        };
        const auto free = pitches({});
        QVERIFY(pitches({"--parity", "mmt"}) != free); // a tenth of the ids
        QVERIFY(pitches({"--temperature", "1,1,1,0.1,1,1"}) != free);
        QCOMPARE(pitches({"--min-p", "0"}), free);
        QCOMPARE(evaluate({"--min-p", "0.1,0.2"}).code, 2);
    }

    void theTablesAreWrittenAsMarkdown() {
        const auto file = folder_.filePath("report.md");
        const auto outcome = evaluate({"--samples", "3", "--rows", "40", "--markdown", file});
        QCOMPARE(outcome.code, 0);
        const auto text = *base::readTextFile(file.toStdString());
        QCOMPARE(QByteArray::fromStdString(text), outcome.out);
        QVERIFY(text.find("| ground truth |") != std::string::npos && text.find("± ") != std::string::npos);
    }

    void wrongWordsAndWhatIsMissingAreNamed_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("no checkpoint") << QStringList{} << 2 << "--checkpoint is required";
        QTest::newRow("no such checkpoint") << QStringList{"--no-losses", "--checkpoint", "gone"} << 1 << "gone";
        QTest::newRow("no such part") << QStringList{"--no-losses", "--checkpoint", "CHECKPOINT", "--part", "all"} << 2
                                      << "--part";
        QTest::newRow("no such setting") << QStringList{"--no-losses", "--checkpoint", "CHECKPOINT", "colour=red"} << 2
                                         << "colour=red";
        QTest::newRow("empty part") << QStringList{"--no-losses", "--checkpoint", "CHECKPOINT", "--dataset",
                                                   "scales",      "--part",       "test"}
                                    << 1
                                    << "no pieces in its part 'test': name another with --dataset, or take --part val";
        QTest::newRow("no rows") << QStringList{"--no-losses", "--checkpoint", "CHECKPOINT", "--rows", "0"} << 2
                                 << "--rows";
        QTest::newRow("cold") << QStringList{"--no-losses", "--checkpoint",  "CHECKPOINT", "--dataset",
                                             "scales",      "--temperature", "0"}
                              << 2 << "temperature";
        QTest::newRow("no such dataset") << QStringList{"--no-losses", "--checkpoint", "CHECKPOINT", "--dataset",
                                                        "nonsense"}
                                         << 1 << "nonsense";
    }

    void wrongWordsAndWhatIsMissingAreNamed() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QString, says);
        words.replaceInStrings("CHECKPOINT", checkpoint_);
        const auto outcome = runContinuo(QStringList{"evaluate"} + words);
        QCOMPARE(outcome.code, code);
        QVERIFY2(outcome.err.contains(says.toUtf8()), outcome.err.constData());
    }

private:
    app::Outcome evaluate(const QStringList& words) const {
        return runContinuo(QStringList{"evaluate", "--no-losses", "--checkpoint", checkpoint_, "--dataset", "scales"} +
                           words);
    }

    QTemporaryDir folder_;
    QString checkpoint_;
};

QTEST_APPLESS_MAIN(EvaluateCommandTest)
#include "evaluate_command_test.moc"
