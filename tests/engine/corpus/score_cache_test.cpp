#include "engine/base/sha256.h"
#include "engine/corpus/score_cache.h"
#include "tests/engine/corpus/corpus_scores.h"

#include <QTest>

using namespace continuo;
using namespace continuo::corpus;

namespace {

std::vector<Piece> somePieces() {
    std::vector<Piece> pieces{melody("folder/one.mid", 3), melody("two.mid", 5, 48)};
    pieces[1].part = Part::Test;
    auto& score = pieces[1].score;
    score.division.ticksPerQuarter = 480;
    score.tempos = {{.id = score::EventId{9}, .at = score::Tick{0}, .microsecondsPerQuarter = 400'000}};
    score.meters = {{.id = score::EventId{10}, .at = score::Tick{0}, .numerator = 6, .denominatorPower = 3}};
    score.keys = {{.id = score::EventId{11}, .at = score::Tick{5}, .sharps = -3, .minor = true}};
    return pieces;
}

/// With a checksum that fits, so that the reader behind it is reached.
base::Bytes resealed(base::Bytes bytes) {
    const auto hash = base::sha256(base::ByteSpan(bytes).subspan(88));
    std::ranges::copy(base::bytesOf(hash), bytes.begin() + 24);
    return bytes;
}

} // namespace

class ScoreCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readingWhatWasWrittenGivesTheSamePieces() {
        const auto pieces = somePieces();
        const auto again = *readScoreCache(writeScoreCache(pieces));
        QCOMPARE(Dataset("x", again).hash(), Dataset("x", pieces).hash());
        QCOMPARE(again[1].name, pieces[1].name);
        QVERIFY(again[1].part == Part::Test);
        QCOMPARE(again[1].score.keys[0].sharps, -3);
        QCOMPARE(again[1].score.meters[0].numerator, 6);
        QVERIFY(again[1].score.end == pieces[1].score.end);
        QVERIFY(writeScoreCache(again) == writeScoreCache(pieces));
    }

    void aChangedByteOrACutIsRefused() {
        const auto whole = writeScoreCache(somePieces());
        for (std::size_t i = 0; i < whole.size(); i += 7) {
            auto damaged = whole;
            damaged[i] ^= std::byte{0x10};
            if (i >= 12 && i < 16) continue; // the reserved word
            QVERIFY(!readScoreCache(damaged));
            QVERIFY(!readScoreCache(base::ByteSpan(whole).first(i)));
        }
    }

    void aForgedPayloadIsReadWithinItsBounds() {
        const auto whole = writeScoreCache(somePieces());
        base::Random random(2);
        for (int i = 0; i < 5000; ++i) {
            auto forged = whole;
            for (int change = 0; change < 3; ++change)
                forged[88 + random.below(forged.size() - 88)] =
                    static_cast<std::byte>(random.below(2) ? 0xFF : random.below(256));
            const auto pieces = readScoreCache(resealed(forged));
            if (!pieces) QVERIFY(pieces.error().message.find("prepare the folder again") != std::string::npos);
        }
    }
};

QTEST_APPLESS_MAIN(ScoreCacheTest)
#include "score_cache_test.moc"
