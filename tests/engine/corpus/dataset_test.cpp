#include "engine/corpus/dataset.h"
#include "engine/corpus/window_source.h"

#include <QTest>

using namespace continuo;
using namespace continuo::corpus;

class DatasetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eighthNotesAreMidiLms() {
        const auto dataset = *Dataset::open("eighth-notes");
        QCOMPARE(dataset.pieces(Part::Train).size(), std::size_t{6});
        QCOMPARE(dataset.pieces(Part::Validation).size(), std::size_t{6});
        const auto rows = tokens::encode(dataset.pieces()[0].score, *tokens::namedTokenizer("mmt", "midi-lm"))->rows;
        QCOMPARE(rows.size(), std::size_t{12});
        for (std::uint16_t i = 0; i < 8; ++i)
            QCOMPARE(rows[3u + i], (tokens::Row{3, static_cast<std::uint16_t>(1 + i / 2),
                                                static_cast<std::uint16_t>(1 + 6 * (i % 2)), 61, 6, 1}));
    }

    void scalesGoUpAndDownAnOctave() {
        const auto dataset = *Dataset::open("scales");
        QCOMPARE(dataset.pieces(Part::Train).size(), std::size_t{20});
        QCOMPARE(dataset.pieces(Part::Validation).size(), std::size_t{4});
        for (const auto& piece : dataset.pieces()) {
            const auto& notes = piece.score.tracks.at(0).notes;
            QCOMPARE(notes.size(), std::size_t{15});
            QCOMPARE(notes[7].pitch - notes[0].pitch, 12);
            for (std::size_t i = 0; i < 15; ++i) QCOMPARE(notes[i].pitch, notes[14 - i].pitch);
        }
    }

    void theSameSetHasTheSameHashAndOthersDoNot() {
        QCOMPARE(Dataset::open("scales")->hash(), Dataset::open("scales")->hash());
        QVERIFY(Dataset::open("scales")->hash() != Dataset::open("eighth-notes")->hash());
        auto pieces = Dataset::open("scales")->pieces();
        pieces[5].score.tracks[0].notes[3].pitch += 1;
        QVERIFY(Dataset("scales", pieces).hash() != Dataset::open("scales")->hash());
    }

    void anUnknownNameListsTheKnown() {
        const auto dataset = Dataset::open("bach");
        QVERIFY(dataset.error().message.find("scales") != std::string::npos);
        QVERIFY(!Dataset::open("/"));
    }
};

QTEST_APPLESS_MAIN(DatasetTest)
#include "dataset_test.moc"
