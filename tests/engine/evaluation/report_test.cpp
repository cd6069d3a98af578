#include "engine/analysis/distribution.h"
#include "engine/base/json.h"
#include "engine/evaluation/report.h"

#include <QTest>
#include <nlohmann/json.hpp>

using namespace continuo;
using namespace continuo::evaluation;

namespace {

Report someReport() {
    Report report{.network = "mmt-1m", .tokenizer = "mmt", .dataset = "chorales", .part = "val", .step = 900};
    report.parameters = 1'067'190;
    report.losses =
        Losses{.rows = 19'784, .total = 3.4381, .fields = {{"event_type", 0.026}, {"beat", 0.287}}, .unigram = 6.5};
    MeasuredSet truth;
    for (const double share : {0.9, 0.94, 0.98})
        truth.pieces.push_back({.beats = 40, .notes = 10, .pitchClassEntropy = 3.0, .scaleConsistency = share});
    report.truth = truth;
    report.samples =
        Samples{.measured = truth, .wanted = 4, .seed = 1, .notes = 3000, .seconds = 2, .lengthSeconds = 80};
    report.samples->measured.empty = 1;
    return report;
}

} // namespace

class ReportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonHoldsLossesMeasuresAndCounts() {
        const auto json = *base::parseJson(reportJson(someReport()));
        QCOMPARE(json["loss"].get<double>(), 3.4381);
        QCOMPARE(json["fields"]["beat"].get<double>(), 0.287);
        const auto& scale = json["ground_truth"]["measures"]["scale_consistency"];
        QCOMPARE(scale["pieces"].get<int>(), 3);
        QVERIFY(std::abs(scale["mean"].get<double>() - 0.94) < 1e-12);
        // s = 0.04, t(2) = 4.30265: 4.30265 · 0.04 / √3
        QVERIFY(std::abs(scale["confidence95"].get<double>() - 0.0993654) < 1e-6);
        QVERIFY(json["samples"]["measures"]["groove_consistency"]["mean"].is_null());
        QCOMPARE(json["samples"]["empty"].get<int>(), 1);
        QCOMPARE(json["samples"]["notes_per_second"].get<double>(), 1500.0);
        QCOMPARE(json["samples"]["mean_length_seconds"].get<double>(), 20.0);
    }

    void markdownHasThePapersTables() {
        const auto text = reportMarkdown(someReport());
        QVERIFY(text.find("94.00 ± 9.94") != std::string::npos);
        QVERIFY(text.find("| mmt-1m | 1,067,190 | 20.00 | 1500.0 |") != std::string::npos);
        QVERIFY(text.find("1 more without a note") != std::string::npos);
        for (const auto line : {"| nats a row | sum | event_type | beat |", "| net | 3.4381 | 0.0260 | 0.2870 |"})
            QVERIFY2(text.find(line) != std::string::npos, line);
    }

    void everyTableRowHasAsManyCellsAsItsHead() {
        const auto text = QString::fromStdString(reportMarkdown(someReport()));
        qsizetype cells = 0;
        for (const auto& line : text.split('\n')) {
            if (!line.startsWith('|')) {
                cells = 0;
                continue;
            }
            if (cells == 0) cells = line.count('|');
            QCOMPARE(line.count('|'), cells);
        }
    }

    void whatWasNotMeasuredIsNotTold() {
        auto report = someReport();
        report.losses.reset();
        report.samples.reset();
        const auto json = *base::parseJson(reportJson(report));
        QVERIFY(!json.contains("loss") && !json.contains("samples") && json.contains("ground_truth"));
        QVERIFY(reportMarkdown(report).find("nats") == std::string::npos);
    }
};

QTEST_APPLESS_MAIN(ReportTest)
#include "report_test.moc"
