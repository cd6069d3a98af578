#include "engine/base/random.h"
#include "engine/tokens/stable_sorts.h"

#include <QTest>

using namespace continuo;
using namespace continuo::tokens;

/// Both sorts give what std::stable_sort gives.
class StableSortsTest : public QObject {
    Q_OBJECT

    struct Item {
        int key = 0;
        std::size_t place = 0;
        friend bool operator==(const Item&, const Item&) = default;
    };
    static bool less(const Item& a, const Item& b) { return a.key < b.key; }

    static std::vector<Item> items(base::Random& random, std::size_t count) {
        std::vector<Item> made;
        for (std::size_t i = 0; i < count; ++i) made.push_back({static_cast<int>(random.below(7)), i});
        return made;
    }

private Q_SLOTS:
    void aFewItems() {
        base::Random random(1);
        for (std::size_t count = 0; count < 60; ++count) {
            auto ours = items(random, count), theirs = ours;
            stableSortFew(ours, less);
            std::stable_sort(theirs.begin(), theirs.end(), less);
            QVERIFY(ours == theirs);
        }
    }

    void runsInOrderAndOut() {
        base::Random random(2);
        for (int round = 0; round < 300; ++round) {
            auto ours = items(random, static_cast<std::size_t>(random.below(80)));
            std::vector<std::size_t> ends;
            for (std::size_t at = 0; at < ours.size();) {
                at = std::min(ours.size(), at + static_cast<std::size_t>(random.below(20)));
                ends.push_back(at);
            }
            if (random.below(4) > 0) { // most often in order, as tracks are
                std::size_t start = 0;
                for (const auto end : ends) {
                    std::stable_sort(ours.begin() + static_cast<std::ptrdiff_t>(start),
                                     ours.begin() + static_cast<std::ptrdiff_t>(end), less);
                    start = end;
                }
            }
            auto theirs = ours;
            stableMergeRuns(ours, ends, less);
            std::stable_sort(theirs.begin(), theirs.end(), less);
            QVERIFY(ours == theirs);
        }
    }
};

QTEST_APPLESS_MAIN(StableSortsTest)
#include "stable_sorts_test.moc"
