#include "engine/runs/event_log.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <numbers>

using namespace continuo;
using namespace continuo::runs;

namespace {

/// The Python that the comparison tests use: $CONTINUO_PYTHON, else the one on the path.
QString python() { return qEnvironmentVariable("CONTINUO_PYTHON", QStringLiteral("python3")); }

/// A second of a tone as a WAV file: 16 bits, one channel.
base::Bytes tone(int rate) {
    const auto count = static_cast<std::size_t>(rate);
    std::string bytes("RIFF....WAVEfmt ");
    const auto add = [&](std::uint32_t value, int size) {
        for (int i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFF);
    };
    add(16, 4), add(1, 2), add(1, 2), add(static_cast<std::uint32_t>(rate), 4),
        add(2 * static_cast<std::uint32_t>(rate), 4);
    add(2, 2), add(16, 2);
    bytes += "data";
    add(static_cast<std::uint32_t>(2 * count), 4);
    for (std::size_t i = 0; i < count; ++i)
        add(static_cast<std::uint32_t>(
                std::lround(8000 * std::sin(2 * std::numbers::pi * 440 * static_cast<double>(i) / rate))),
            2);
    const auto span = base::bytesOf(bytes);
    return {span.begin(), span.end()};
}

} // namespace

class TensorboardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theRealTensorBoardReadsScalarsHistogramsTextsAndSounds() {
        QProcess probe;
        probe.start(python(), {"-c", "import tensorboard; print(tensorboard.__version__)"});
        const bool isThere = probe.waitForFinished(60'000) && probe.exitCode() == 0;
        if (!isThere)
            QSKIP(qPrintable(python() + " has no package tensorboard here (set CONTINUO_PYTHON to one that has)"));
        const QTemporaryDir folder;
        const auto place = folder.path().toStdString();
        auto first = EventLog::create(place);
        for (std::int64_t step = 1; step <= 9; ++step)
            QVERIFY(first->append(step, 1.0 + static_cast<double>(step),
                                  std::map<std::string, double>{{"train/loss", 10.0 - static_cast<double>(step)}}));
        auto second = EventLog::create(place, 5); // went on from step 5: 6 to 9 are told again
        for (std::int64_t step = 6; step <= 7; ++step)
            QVERIFY(second->append(step, 20.0 + static_cast<double>(step),
                                   std::map<std::string, double>{{"train/loss", 0.5}}));
        const std::vector<NamedHistogram> histograms{{"gradients/pitch", {-1, 2, 6, 3, 9, {0, 1, 2}, {1, 2, 3}}}};
        QVERIFY(second->append(7, 30.0, histograms));
        QVERIFY(second->appendText(7, 30.0, "configuration", "seed: 1"));
        QVERIFY(second->appendSound(7, 30.0, "sample-0", {8000, 1, 8000, tone(8000)}));

        QProcess reader;
        reader.start(python(), {QStringLiteral(CONTINUO_SOURCE_DIR "/tests/reference/read_events.py"), folder.path()});
        QVERIFY(reader.waitForFinished(120'000));
        QVERIFY2(reader.exitCode() == 0, reader.readAllStandardError().constData());
        const auto read = QJsonDocument::fromJson(reader.readAllStandardOutput()).object();

        qInfo("TensorBoard %s", probe.readAllStandardOutput().trimmed().constData());
        const auto scalars = read["scalars"].toObject()["train/loss"].toArray();
        QCOMPARE(scalars.size(), 7); // no step twice, 8 and 9 forgotten
        for (int i = 0; i < scalars.size(); ++i) {
            QCOMPARE(scalars[i].toArray()[0].toInt(), i + 1);
            QCOMPARE(scalars[i].toArray()[1].toDouble(), i < 5 ? 9.0 - i : 0.5);
        }
        const auto histogram = read["histograms"].toObject()["gradients/pitch"].toArray();
        QCOMPARE(histogram.size(), 1);
        double count = 0; // rows of left edge, right edge, count
        for (const auto& row : histogram[0].toArray()[1].toArray()) count += row.toArray()[2].toDouble();
        QCOMPARE(count, 6.0);
        QCOMPARE(read["texts"].toObject()["configuration"].toString(), QString("seed: 1"));
        const auto sound = read["sounds"].toObject()["sample-0"].toObject();
        QCOMPARE(sound["frames"].toInt(), 8000);
        QCOMPARE(sound["rate"].toInt(), 8000);
    }
};

QTEST_GUILESS_MAIN(TensorboardTest)
#include "tensorboard_test.moc"
