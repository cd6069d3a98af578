#include "engine/corpus/midi_lm_crop.h"
#include "tests/engine/corpus/reference_rows.h"

using namespace continuo;
using namespace continuo::tokens;

/// Small files full of oddities: overlapping, unended and unbegun notes, programs that change while notes sound,
/// controllers alone, ports, drums, odd resolutions.
class OddRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oddFilesHaveTheRowsOfMidiLmAndMmt() {
        const auto lines = readReferenceRows("reference_rows_odd.tsv");
        QCOMPARE(lines.size(), std::size_t{120});
        std::size_t read = 0;
        for (const auto& line : lines) {
            const auto file = QByteArray::fromHex(QByteArray::fromStdString(line.key)).toStdString();
            const auto wrong = differenceOf(base::bytesOf(file), line);
            QVERIFY2(wrong.isEmpty(), wrong.constData());
            for (const auto& summary : line.summaries) read += summary != "refused";
        }
        QVERIFY(read > 250);
    }

    void stretchesOfOddFilesHaveTheRowsOfMidiLm() {
        const auto text = *base::readTextFile(CONTINUO_SOURCE_DIR "/tests/reference/reference_crops_odd.tsv");
        std::size_t compared = 0;
        for (const auto line : base::splitLines(text)) {
            const auto words = base::split(line, '\t');
            const auto file = QByteArray::fromHex(QByteArray::fromStdString(std::string(words[0]))).toStdString();
            const auto number = [&](std::size_t word) { return *base::parseInteger(words[word]); };
            const auto settings = *namedTokenizer(words[1], "midi-lm");
            const corpus::MidiLmCrop piece(*midi::importLikeMuspy(base::bytesOf(file)));
            const auto crop = piece.encode(number(2), number(3), static_cast<int>(number(4)), settings);
            QVERIFY(crop);
            QCOMPARE(summaryOf(crop->rows, settings), std::string(words[5]));
            ++compared;
        }
        QCOMPARE(compared, std::size_t{76});
    }

    void aPlantedDifferenceIsFound() {
        auto line = readReferenceRows("reference_rows_odd.tsv").at(2);
        const auto file = QByteArray::fromHex(QByteArray::fromStdString(line.key)).toStdString();
        line.summaries[0].back() = line.summaries[0].back() == '0' ? '1' : '0';
        QVERIFY(!differenceOf(base::bytesOf(file), line).isEmpty());
    }
};

QTEST_APPLESS_MAIN(OddRowsTest)
#include "odd_rows_test.moc"
