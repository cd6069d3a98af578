#include "engine/base/sha256.h"
#include "engine/corpus/dataset.h"
#include "engine/corpus/demo_pieces.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/engine/analysis/reference_figures.h"

#include <QByteArray>
#include <QTest>
#include <map>
#include <set>

using namespace continuo;
using namespace continuo::analysis;

namespace {

base::Bytes bytesOfHex(const std::string& hex) {
    const auto raw = QByteArray::fromHex(QByteArray::fromStdString(hex));
    const auto bytes = base::bytesOf({raw.constData(), static_cast<std::size_t>(raw.size())});
    return {bytes.begin(), bytes.end()};
}

/// One track of 480 ticks a quarter from the events given in hexadecimal, end of track included.
base::Bytes fileOf(const std::string& events) {
    const auto size = QByteArray::number(static_cast<qulonglong>(events.size() / 2), 16).rightJustified(8, '0');
    return bytesOfHex("4d546864000000060000000101e0"
                      "4d54726b" +
                      size.toStdString() + events);
}

GridScore readGood(base::ByteSpan bytes) {
    auto read = readOnGrid(bytes);
    return read ? std::move(*read) : GridScore{};
}

} // namespace

class GridScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedFaultIsSeen() {
        auto lines = readReference("piece_measures_odd.tsv");
        QVERIFY(lines.size() >= 100);
        QVERIFY(difference(bytesOfHex(lines[1].key), lines[1]).isEmpty());
        *lines[1].figures[5] += 2e-6;
        QVERIFY(difference(bytesOfHex(lines[1].key), lines[1]).contains("pitch_entropy"));
    }

    void oddFilesAreReadAsMusPyReadsThem() {
        for (const auto& line : readReference("piece_measures_odd.tsv")) {
            const auto wrong = difference(bytesOfHex(line.key), line);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }
    }

    void ourOwnPiecesHaveTheFiguresOfMusPy() {
        std::map<std::string, ReferenceLine> known;
        for (auto& line : readReference("piece_measures_own.tsv")) known[line.key] = line;
        auto pieces = corpus::makeDemoPieces();
        for (const auto* name : {"eighth-notes", "scales", "counterpoint"}) {
            const auto set = *corpus::Dataset::open(name);
            pieces.insert(pieces.end(), set.pieces().begin(), set.pieces().end());
        }
        std::size_t compared = 0;
        for (const auto& piece : pieces) {
            const auto bytes = midi::write(piece.score);
            const auto line = known.find(base::sha256(bytes));
            if (line == known.end()) continue;
            const auto wrong = difference(bytes, line->second);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
            ++compared;
        }
        QCOMPARE(compared, known.size());
        QVERIFY(compared >= 60);
    }

    void ticksRoundHalfToEven() {
        // Onsets 0, 20, 60, 100 and 140 of 480 a quarter fall on 0, 0, 2, 2 and 4 of 12.
        const auto piece = readGood(fileOf("00903c40"
                                           "14903d40"
                                           "28903e40"
                                           "28903f40"
                                           "28904040"
                                           "00ff2f00"));
        std::vector<std::int64_t> onsets;
        for (const auto& note : piece.tracks.at(0).notes) onsets.push_back(note.onset);
        std::ranges::sort(onsets);
        QCOMPARE(onsets, (std::vector<std::int64_t>{0, 0, 2, 2, 4}));
    }

    void wordsAndControllersMoveTheEnds() {
        const auto note = std::string("00903c40"
                                      "83603c00"); // one quarter note
        const auto plain = readGood(fileOf(note + "00ff2f00"));
        QCOMPARE(plain.end, 12);
        QCOMPARE(readGood(fileOf(note + "8360ff05026c6100ff2f00")).end, 24);              // a lyric a quarter later
        QCOMPARE(readGood(fileOf(note + "8360ff05026c6100ff2f00")).tracks.at(0).end, 12); // is not of the track
        QCOMPARE(readGood(fileOf(note + "8360b0074000ff2f00")).tracks.at(0).end, 24);     // a controller is
        QCOMPARE(readGood(fileOf(note + "8360ff01026c6100ff2f00")).end, 12);              // a text counts nowhere
    }

    void aScoreGivesWhatItsFileGives() {
        for (const auto& piece : corpus::makeDemoPieces()) {
            const auto bytes = midi::write(piece.score);
            const auto read = midi::read(bytes);
            QVERIFY(read);
            const auto ofFile = measure(readGood(bytes)), ofScore = measure(onGrid(read->score));
            for (const auto& metric : metricTable()) QCOMPARE(metric.of(ofScore), metric.of(ofFile));
        }
    }

    void filesWithoutBeatsAreRefusedWithASentence() {
        auto film = fileOf("00ff2f00");
        film[12] = std::byte{0xE7}, film[13] = std::byte{0x28};
        auto several = fileOf("00ff2f00");
        several[9] = std::byte{2};
        for (const auto& bytes : {film, several, base::Bytes{}}) {
            const auto read = readOnGrid(bytes);
            QVERIFY(!read && read.error().message.size() > 20);
        }
    }

    void theFirstBeatsEndWhereTheyEnd() {
        GridScore piece{{{.program = 0, .notes = {{0, 30, 60}, {20, 24, 61}, {24, 30, 62}}, .end = 99}}, 120};
        const auto cut = firstBeats(piece, 2);
        QCOMPARE(cut.tracks[0].notes, (std::vector<GridNote>{{0, 24, 60}, {20, 24, 61}}));
        QCOMPARE(cut.end, 24);
        QCOMPARE(cut.tracks[0].end, 24);
    }
};

QTEST_APPLESS_MAIN(GridScoreTest)
#include "grid_score_test.moc"
