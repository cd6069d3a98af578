#include "engine/evaluation/measured_set.h"

#include <QTest>

using namespace continuo;
using namespace continuo::evaluation;

class MeasuredSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theChoralesOfThePartAreMeasuredAsTheTokenizerSeesThem() {
        const auto dataset = *corpus::Dataset::open("scales");
        const auto tokenizer = *tokens::namedTokenizer("mmt");
        std::size_t seen = 0;
        const auto set =
            measurePart(dataset, corpus::Part::Train, tokenizer, 64, [&](std::size_t done, std::size_t total) {
                seen = done;
                QCOMPARE(total, std::size_t{20});
            });
        QCOMPARE(seen, std::size_t{20});
        QCOMPARE(set.pieces.size(), std::size_t{20});
        for (const auto& piece : set.pieces) {
            QCOMPARE(piece.notes, 15);
            QCOMPARE(piece.scaleConsistency, std::optional(1.0));
            QCOMPARE(piece.beats, 15);
        }
    }

    void aPieceIsCutAtItsFirstBeats() {
        const auto dataset = *corpus::Dataset::open("scales");
        const auto set = measurePart(dataset, corpus::Part::Train, *tokens::namedTokenizer("mmt"), 4);
        for (const auto& piece : set.pieces) QCOMPARE(piece.notes, 4);
    }

    void rowsWithoutNotesAreCountedAndUnreadableOnesToo() {
        MeasuredSet set;
        const auto tokenizer = *tokens::namedTokenizer("mmt");
        measureRows(set, {tokens::Row{tokens::kStartOfSong}, tokens::Row{tokens::kEndOfSong}}, tokenizer, 64);
        measureRows(set, {tokens::Row{tokens::kStartOfSong}, tokens::Row{9, 9, 99, 999, 99, 99}}, tokenizer, 64);
        QCOMPARE(set.empty, std::size_t{1});
        QCOMPARE(set.refused, std::size_t{1});
        QVERIFY(set.pieces.empty());
    }

    void aStopEndsIt() {
        std::stop_source stop;
        const auto set = measurePart(
            *corpus::Dataset::open("scales"), corpus::Part::Train, *tokens::namedTokenizer("mmt"), 64,
            [&](std::size_t done, std::size_t) {
                if (done == 5) stop.request_stop();
            },
            stop.get_token());
        QCOMPARE(set.pieces.size(), std::size_t{5});
    }
};

QTEST_APPLESS_MAIN(MeasuredSetTest)
#include "measured_set_test.moc"
