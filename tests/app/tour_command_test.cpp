#include "engine/base/files.h"
#include "tests/app/run_continuo.h"

#include <QDir>
#include <QSize>
#include <QTemporaryDir>
#include <QTest>

using namespace continuo::app;

namespace {

/// Out of the header of a PNG file (PNG 1.2, section 4.1.1).
QSize pngSize(const QString& file) {
    const auto bytes = continuo::base::readFile(file.toStdString());
    if (!bytes || bytes->size() < 24) return {};
    const auto number = [&](std::size_t at) {
        int value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + std::to_integer<int>((*bytes)[i]);
        return value;
    };
    return {number(16), number(20)};
}

} // namespace

class TourCommandTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!knowsCommand("tour")) QSKIP("this build has no sound and so no tour");
    }

    void aTourWithoutAPlaceIsWrongWords() {
        const auto outcome = runContinuo({"tour"});
        QCOMPARE(outcome.code, 2);
        QVERIFY(outcome.err.startsWith("continuo tour: "));
    }

    void aPlaceThatCannotBeMadeIsRefusedInASentence() {
        QTemporaryDir folder;
        QVERIFY(continuo::base::saveFile(folder.filePath("taken").toStdString(), {}).has_value());

        const auto outcome = runContinuo({"tour", "--out", folder.filePath("taken/results")});

        QCOMPARE(outcome.code, 1);
        QVERIFY(outcome.err.contains("taken"));
        QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
    }

    void theWholePassMakesNetMusicSoundAndPictures() {
        if (!knowsCommand("train")) QSKIP("this build has no `continuo train`");
        QTemporaryDir folder;
        const QDir results(folder.filePath("results"));

        const auto outcome = runContinuo({"tour", "--out", results.path(), "--seconds", "3"}, 120);

        QVERIFY2(outcome.code == 0, outcome.err.constData());
        for (const char* name : {"run/configuration.yaml", "continuation.mid", "continuation.wav"})
            QVERIFY2(results.exists(name), name);
        QVERIFY(QFileInfo(results.filePath("continuation.wav")).size() > 400'000);
        QVERIFY(!results.exists(".tour-unfinished"));
        if (!knowsCommand("studio")) return;
        for (const char* name : {"studio-compose.png", "studio-train.png"})
            QCOMPARE(pngSize(results.filePath(name)), QSize(1600, 1000));
    }
};

QTEST_GUILESS_MAIN(TourCommandTest)
#include "tour_command_test.moc"
