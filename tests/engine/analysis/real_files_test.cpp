#include "engine/base/sha256.h"
#include "tests/engine/analysis/reference_figures.h"

#include <QTest>
#include <filesystem>
#include <map>

using namespace continuo;
using namespace continuo::analysis;

/// Two hundred files of free collections, known by their SHA-256: chorales, OpenScore songs, quartets and orchestra,
/// and the music of Freedoom. They are looked for below the folder that CONTINUO_MIDI_DATA names.
class RealFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFilesHaveTheFiguresOfMusPy() {
        const auto folder = qEnvironmentVariable("CONTINUO_MIDI_DATA").toStdString();
        if (folder.empty()) QSKIP("CONTINUO_MIDI_DATA names no folder of MIDI files");
        std::map<std::string, ReferenceLine> known;
        for (auto& line : readReference("piece_measures.tsv")) known[line.key] = line;
        QCOMPARE(known.size(), std::size_t{200});
        std::size_t compared = 0;
        std::error_code error;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
            if (entry.path().extension() != ".mid") continue;
            const auto bytes = base::readFile(entry.path());
            QVERIFY(bytes);
            const auto line = known.find(base::sha256(*bytes));
            if (line == known.end()) continue;
            const auto wrong = difference(*bytes, line->second);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            ++compared;
        }
        if (compared == 0) QSKIP("the folder holds none of the files that figures are kept of");
        qInfo("%zu files compared", compared);
    }
};

QTEST_APPLESS_MAIN(RealFilesTest)
#include "real_files_test.moc"
