#include "engine/corpus/preparation.h"
#include "engine/corpus/window_source.h"
#include "tests/engine/corpus/reference_rows.h"

#include <QTemporaryDir>
#include <filesystem>

using namespace continuo;
using namespace continuo::tokens;
namespace fs = std::filesystem;

namespace {

/// The rows that `continuo tokenize --parity midi-lm` prints of a file; none where it refuses.
std::optional<Rows> rowsOfFile(const fs::path& file, const TokenizerSettings& settings) {
    const auto bytes = base::readFile(file);
    const auto piece = bytes ? midi::importLikeMuspy(*bytes) : base::failure(bytes.error());
    auto encoded = piece ? encodeImported(*piece, settings) : base::failure(piece.error());
    return encoded ? std::optional(std::move(encoded->rows)) : std::nullopt;
}

} // namespace

/// What a net learns from under parity=midi-lm is what midi-lm makes of the files, not of scores that were kept.
class MidiLmRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void preparedOddFilesGiveTheRowsOfTheFiles() {
        const fs::path midi = folder_.filePath("odd").toStdString();
        QVERIFY(base::makeFolder(midi));
        std::size_t number = 100;
        for (const auto& line : readReferenceRows("reference_rows_odd.tsv")) {
            const auto file = QByteArray::fromHex(QByteArray::fromStdString(line.key)).toStdString();
            QVERIFY(base::saveFile(midi / (std::to_string(number++) + ".mid"), base::bytesOf(file)));
        }
        const auto compared = compare(midi);
        QVERIFY2(compared > 100, qPrintable(QString::number(compared)));
    }

    /// A few of each free collection that CONTINUO_MIDI_DATA names.
    void preparedRealFilesGiveTheRowsOfTheFiles() {
        const auto data = qEnvironmentVariable("CONTINUO_MIDI_DATA").toStdString();
        if (data.empty()) QSKIP("CONTINUO_MIDI_DATA names no folder of MIDI files");
        const fs::path midi = folder_.filePath("real").toStdString();
        std::size_t number = 100;
        for (const auto& collection : fs::directory_iterator(data)) {
            std::vector<fs::path> files;
            for (const auto& entry : fs::recursive_directory_iterator(collection.path()))
                if (entry.path().extension() == ".mid") files.push_back(entry.path());
            std::ranges::sort(files);
            for (std::size_t i = 0; i < files.size(); i += std::max<std::size_t>(1, files.size() / 6)) {
                QVERIFY(base::makeFolder(midi));
                fs::copy_file(files[i], midi / (std::to_string(number++) + ".mid"));
            }
        }
        if (number == 100) QSKIP("the folder holds no .mid files");
        qInfo("%zu files, %zu pieces compared", number - 100, compare(midi));
    }

private:
    /// Prepares the folder and holds the rows of each piece against those of its file; how many were compared.
    std::size_t compare(const fs::path& midi) {
        corpus::PreparationSettings preparation;
        preparation.midi = midi;
        preparation.out = midi.string() + "-prepared";
        preparation.filter.minimumBeats = 0;
        preparation.filter.minimumPitches = 0;
        if (const auto made = corpus::prepareFolder(preparation); !made) return 0;
        const auto dataset = *corpus::Dataset::open(preparation.out.string());
        std::size_t compared = 0;
        for (const auto* name : {"mmt", "tpd", "structured"}) {
            const auto settings = *namedTokenizer(name, "midi-lm");
            for (const auto part : {corpus::Part::Train, corpus::Part::Validation, corpus::Part::Test}) {
                const corpus::WindowSource source(
                    dataset, part, {.tokenizer = settings, .cropBeats = corpus::kWholePiece, .transpose = false});
                const auto rows = source.covering();
                std::size_t next = 0;
                for (const auto index : dataset.indices(part)) {
                    const auto expected = rowsOfFile(midi / dataset.facts(index).name, settings);
                    if (!expected) continue; // it is left out here, too
                    if (next == rows.size() || rows[next] != *expected)
                        QTest::qFail(dataset.facts(index).name.c_str(), __FILE__, __LINE__);
                    base::Random random(1);
                    if (next < rows.size() && source.sample(next, random) != *expected)
                        QTest::qFail("drawn", __FILE__, __LINE__);
                    ++next;
                    ++compared;
                }
                if (next != rows.size()) QTest::qFail("more pieces than files", __FILE__, __LINE__);
            }
        }
        return compared;
    }

    QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(MidiLmRowsTest)
#include "midi_lm_rows_test.moc"
