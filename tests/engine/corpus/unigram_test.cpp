#include "engine/corpus/unigram.h"

#include <QTest>
#include <cmath>

using namespace continuo;
using namespace continuo::corpus;

class UnigramTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFairCoinCostsLogTwo() {
        // Ids 0 and 1 of the first field alike often, the other fields have a single id.
        tokens::Rows rows;
        for (std::uint16_t i = 0; i < 20'001; ++i) rows.push_back({static_cast<std::uint16_t>(i % 2)});
        const std::vector<tokens::Rows> windows{rows};
        QVERIFY(std::abs(unigramLoss(windows, windows, {2, 1, 1, 1, 1, 1}) - std::log(2.0)) < 1e-6);
    }

    void withoutTrainingEveryIdIsAlikeLikely() {
        const std::vector<tokens::Rows> evaluated{{{0}, {3, 7, 2, 60, 5, 1}}};
        const double expected = std::log(5.0 * 257 * 13 * 129 * 33 * 66);
        QVERIFY(std::abs(unigramLoss({}, evaluated, {5, 257, 13, 129, 33, 66}) - expected) < 1e-9);
    }

    void theFirstRowOfAWindowIsNotPredicted() {
        const std::vector<tokens::Rows> evaluated{{{0}, {1}}};
        const std::vector<tokens::Rows> training{{{0}, {1}, {1}, {1}}};
        QVERIFY(std::abs(unigramLoss(training, evaluated, {2, 1, 1, 1, 1, 1}) - std::log(5.0 / 4.0)) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(UnigramTest)
#include "unigram_test.moc"
