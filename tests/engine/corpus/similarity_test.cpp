#include "engine/corpus/import_filter.h"
#include "engine/corpus/similarity.h"
#include "tests/engine/corpus/corpus_scores.h"

#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::corpus;

namespace {

score::Score chorale(std::size_t index) {
    static const auto set = *Dataset::open("counterpoint");
    return set.score(index);
}

/// The piece with so many of its notes moved by a step or taken out.
score::Score changed(score::Score score, int notes, std::uint64_t seed) {
    base::Random random(seed);
    for (int i = 0; i < notes; ++i) {
        auto& track = score.tracks[random.below(score.tracks.size())];
        const auto at = static_cast<std::ptrdiff_t>(random.below(track.notes.size()));
        if (random.below(2) == 0)
            track.notes.erase(track.notes.begin() + at);
        else
            track.notes[static_cast<std::size_t>(at)].pitch += 1;
    }
    return score;
}

score::Score transposed(score::Score score, int semitones) {
    for (auto& track : score.tracks)
        for (auto& note : track.notes)
            if (!track.drums) note.pitch = static_cast<std::uint8_t>(note.pitch + semitones);
    return score;
}

/// Twice the ticks a quarter, and a bar of silence before: the same music.
score::Score rewritten(score::Score score) {
    score.division.ticksPerQuarter = static_cast<std::uint16_t>(score.division.ticksPerQuarter * 2);
    for (auto& track : score.tracks)
        for (auto& note : track.notes) {
            note.onset.fromStart = note.onset.fromStart * 2 + 8 * 960;
            note.length.count *= 2;
        }
    return score;
}

} // namespace

class SimilarityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameMusicInOtherClothesIsWhollyAlike() {
        const auto piece = chorale(3);
        QCOMPARE(resemblance(sketchOf(piece), sketchOf(transposed(piece, -4))), 1.0);
        QCOMPARE(resemblance(sketchOf(piece), sketchOf(rewritten(piece))), 1.0);
    }

    void aFewNotesChangeALittleAndAnotherPieceIsAnother() {
        for (std::size_t i = 0; i < 40; ++i) {
            const auto piece = chorale(i * 13);
            const auto sketch = sketchOf(piece);
            const auto alike = resemblance(sketch, sketchOf(changed(transposed(piece, 2), 4, i)));
            QVERIFY2(alike > 0.5 && alike < 1, qPrintable(QString::number(alike)));
            QVERIFY(resemblance(sketch, sketchOf(chorale(i * 13 + 1))) < 0.2);
        }
    }

    void theEstimateIsTheShareOfCommonElements() {
        // Two sets of numbers of which a third of all is common, sketched by hand.
        base::Random random(5);
        double error = 0;
        for (int round = 0; round < 50; ++round) {
            Sketch a, b;
            for (int i = 0; i < 1000; ++i) {
                const auto element = static_cast<std::uint32_t>(random.next());
                const auto side = random.below(3);
                if (side != 1) a.push_back(element);
                if (side != 2) b.push_back(element);
            }
            for (auto* sketch : {&a, &b}) std::ranges::sort(*sketch), sketch->resize(kSketchSize);
            error += resemblance(a, b) - 1.0 / 3;
        }
        QVERIFY2(std::abs(error / 50) < 0.02, qPrintable(QString::number(error / 50)));
    }

    void pairsAmongManyAreFoundAndNoOthers() {
        std::vector<Sketch> sketches;
        for (std::size_t i = 0; i < 200; ++i) sketches.push_back(sketchOf(chorale(i)));
        for (std::size_t i = 0; i < 20; ++i) sketches.push_back(sketchOf(changed(transposed(chorale(i * 7), 1), 3, i)));

        const auto pairs = similarPairs(sketches, 0.5);

        std::set<std::pair<std::size_t, std::size_t>> found;
        for (const auto& pair : pairs) found.emplace(pair.first, pair.second);
        for (std::size_t i = 0; i < 20; ++i) QVERIFY(found.contains({i * 7, 200 + i}));
        QCOMPARE(pairs.size(), std::size_t{20});
    }

    void whatAllPiecesShareProposesNothing() {
        std::vector<Sketch> same(1000, Sketch{1, 2, 3});
        QVERIFY(similarPairs(same, 0.5).empty());
    }

    void chainsOfPairsAreGroups() {
        const std::vector<std::pair<std::size_t, std::size_t>> pairs{{4, 1}, {1, 5}, {2, 3}};
        QVERIFY(groupsOf(6, pairs) == (std::vector<std::size_t>{0, 1, 2, 2, 1, 1}));
        QVERIFY(groupsOf(0, {}).empty());
    }

    void aPieceOfThreeNotesHasNoRunsAndResemblesNothing() {
        auto piece = melody("short", 1).score;
        piece.tracks[0].notes.resize(3);
        QVERIFY(sketchOf(piece).empty());
        QCOMPARE(resemblance(sketchOf(piece), sketchOf(piece)), 0.0);
    }
};

QTEST_APPLESS_MAIN(SimilarityTest)
#include "similarity_test.moc"
