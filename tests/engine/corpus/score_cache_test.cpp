#include "engine/base/sha256.h"
#include "engine/corpus/score_cache.h"
#include "tests/engine/corpus/corpus_scores.h"

#include <QTemporaryDir>
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

/// A cache in a folder of its own.
class CacheFile {
public:
    std::filesystem::path path() const { return std::filesystem::path(folder_.path().toStdString()) / "scores.bin"; }

    base::Bytes write(const std::vector<Piece>& pieces) const {
        const auto saved = base::saveFileStreaming(path(), [&](base::FileSink& sink) -> base::Status {
            ScoreCacheWriter writer(sink);
            std::vector<PieceFacts> facts;
            if (auto begun = writer.begin(); !begun) return begun;
            for (const auto& piece : pieces) {
                if (auto added = writer.add(encodedScore(piece.score)); !added) return added;
                facts.push_back({piece.name, piece.part, score::noteCount(piece.score)});
            }
            return writer.finish(facts);
        });
        return saved ? *base::readFile(path()) : base::Bytes{};
    }
    base::Result<std::shared_ptr<const PieceStore>> open(base::ByteSpan bytes) const {
        if (const auto saved = base::replaceFile(path(), base::textOf(bytes)); !saved)
            return base::failure(saved.error());
        return openScoreCache(path());
    }

private:
    QTemporaryDir folder_;
};

constexpr std::size_t kHeader = 96;

/// With a checksum that fits, so that the reader behind it is reached.
base::Bytes resealed(base::Bytes bytes) {
    const auto hash = base::sha256(base::ByteSpan(bytes).subspan(kHeader));
    std::ranges::copy(base::bytesOf(hash), bytes.begin() + kHeader - 64);
    return bytes;
}

} // namespace

class ScoreCacheTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readingWhatWasWrittenGivesTheSamePieces() {
        const CacheFile file;
        const auto pieces = somePieces();
        const auto whole = file.write(pieces);
        const auto store = *openScoreCache(file.path());
        QCOMPARE(Dataset("x", store).hash(), Dataset("x", pieces).hash());
        QCOMPARE(store->size(), std::size_t{2});
        QCOMPARE(store->facts(1).name, pieces[1].name);
        QCOMPARE(store->facts(1).notes, score::noteCount(pieces[1].score));
        QVERIFY(store->facts(1).part == Part::Test);
        const auto again = store->score(1);
        QCOMPARE(again.keys[0].sharps, -3);
        QCOMPARE(again.meters[0].numerator, 6);
        QVERIFY(again.end == pieces[1].score.end);
        QVERIFY(file.write(store->pieces()) == whole);
    }

    void aPieceIsTheSameInWhateverOrderItIsAskedFor() {
        const CacheFile file;
        const auto pieces = somePieces();
        file.write(pieces);
        const auto store = *openScoreCache(file.path());
        for (const std::size_t i : {1u, 0u, 1u, 1u, 0u}) {
            const auto score = store->score(i);
            QVERIFY(encodedScore(score) == encodedScore(pieces[i].score));
        }
    }

    void aChangedByteOrACutIsRefused() {
        const CacheFile file;
        const auto whole = file.write(somePieces());
        for (std::size_t i = 0; i < whole.size(); i += 7) {
            auto damaged = whole;
            damaged[i] ^= std::byte{0x10};
            if (i >= 12 && i < 16) continue; // the reserved word
            QVERIFY(!file.open(damaged));
            QVERIFY(!file.open(base::ByteSpan(whole).first(i)));
        }
    }

    void aForgedPayloadIsReadWithinItsBounds() {
        const CacheFile file;
        const auto whole = file.write(somePieces());
        base::Random random(2);
        for (int i = 0; i < 2000; ++i) {
            auto forged = whole;
            for (int change = 0; change < 3; ++change)
                forged[kHeader + random.below(forged.size() - kHeader)] =
                    static_cast<std::byte>(random.below(2) ? 0xFF : random.below(256));
            const auto store = file.open(resealed(forged));
            if (!store) QVERIFY(store.error().message.find("prepare the folder again") != std::string::npos);
            if (store)
                for (std::size_t piece = 0; piece < (*store)->size(); ++piece)
                    QVERIFY((*store)->score(piece).division.quarter() > 0); // and nothing is read outside of the file
        }
    }

    void anOlderCacheAsksToBePreparedAgain() {
        const CacheFile file;
        auto bytes = file.write(somePieces());
        bytes[8] = std::byte{1};
        QVERIFY(file.open(bytes).error().message.find("has version 1, this program reads 2 and 3") !=
                std::string::npos);
    }

    void whatMuspyReadsIsKeptWhereTheScoreSaysLess() {
        const CacheFile file;
        auto piece = melody("one.mid", 3);
        auto imported = score::muspyScore(piece.score);
        const auto plain = encodedScore(piece.score);
        QVERIFY(encodedScore(piece.score, imported) == plain); // nothing more to say
        imported.end += 100;                                   // as after a controller behind the last note
        imported.tracks.push_back({.program = 5, .drums = false, .notes = {}, .end = imported.end});
        const auto saved = base::saveFileStreaming(file.path(), [&](base::FileSink& sink) -> base::Status {
            ScoreCacheWriter writer(sink);
            if (auto begun = writer.begin(); !begun) return begun;
            for (const auto& music : {plain, encodedScore(piece.score, imported)})
                if (auto added = writer.add(music); !added) return added;
            return writer.finish(std::vector<PieceFacts>{{"a", Part::Train, 3}, {"b", Part::Train, 3}});
        });
        QVERIFY(saved);
        const auto store = *openScoreCache(file.path());
        QVERIFY(!store->ownImport(0));
        QVERIFY(score::isSameMusic(*store->ownImport(1), imported));
        QVERIFY(encodedScore(store->score(1)) == plain);
        const Dataset dataset("x", store);
        QVERIFY(score::isSameMusic(dataset.imported(0), score::muspyScore(piece.score)));
        QVERIFY(score::isSameMusic(dataset.imported(1), imported));
    }

    void aCacheOfTheVersionBeforeIsReadWithGuessedImports() {
        const CacheFile file;
        const auto pieces = somePieces();
        auto bytes = file.write(pieces);
        bytes[8] = std::byte{2}; // whose pieces end with their scores: what follows is not looked at
        const auto store = file.open(bytes);
        QVERIFY(store);
        const Dataset dataset("x", *store);
        QVERIFY(score::isSameMusic(dataset.imported(1), score::muspyScore(pieces[1].score)));
    }
};

QTEST_APPLESS_MAIN(ScoreCacheTest)
#include "score_cache_test.moc"
