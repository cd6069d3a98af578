#include "tests/engine/corpus/reference_rows.h"

#include <filesystem>
#include <map>

using namespace continuo;
using namespace continuo::tokens;

/// Files of free collections, known by their SHA-256: exercises, chorales, OpenScore songs, quartets and orchestra, the
/// music of Freedoom, pop songs, folk tunes and piano performances. They are looked for below the folder that
/// CONTINUO_MIDI_DATA names.
class RealRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void realFilesHaveTheRowsOfMidiLmAndMmt() {
        const auto folder = qEnvironmentVariable("CONTINUO_MIDI_DATA").toStdString();
        if (folder.empty()) QSKIP("CONTINUO_MIDI_DATA names no folder of MIDI files");
        std::map<std::string, ReferenceLine> known;
        for (auto& line : readReferenceRows("reference_rows.tsv")) known[line.key] = line;
        QVERIFY(known.size() > 150);
        std::size_t compared = 0;
        std::error_code error;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
            if (entry.path().extension() != ".mid") continue;
            const auto bytes = base::readFile(entry.path());
            QVERIFY(bytes);
            const auto line = known.find(base::sha256(*bytes));
            if (line == known.end()) continue;
            const auto wrong = differenceOf(*bytes, line->second);
            QVERIFY2(wrong.isEmpty(), (entry.path().string() + " " + wrong.toStdString()).c_str());
            ++compared;
        }
        if (compared == 0) QSKIP("the folder holds none of the files that rows are kept of");
        qInfo("%zu files compared", compared);
    }
};

QTEST_APPLESS_MAIN(RealRowsTest)
#include "real_rows_test.moc"
