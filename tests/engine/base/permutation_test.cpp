#include "engine/base/permutation.h"

#include <QTest>
#include <algorithm>
#include <numeric>
#include <vector>

using namespace continuo::base;

namespace {

std::vector<std::uint64_t> all(std::uint64_t count, std::uint64_t seed) {
    const Permutation permutation(count, Random(seed));
    std::vector<std::uint64_t> places(count);
    for (std::uint64_t i = 0; i < count; ++i) places[i] = permutation(i);
    return places;
}

} // namespace

class PermutationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPlaceIsTakenOnce() {
        for (const auto count : {1U, 2U, 3U, 4U, 5U, 16U, 17U, 63U, 64U, 65U, 1000U, 4097U}) {
            auto places = all(count, count);
            std::ranges::sort(places);
            std::vector<std::uint64_t> expected(count);
            std::iota(expected.begin(), expected.end(), 0);
            QVERIFY(places == expected);
        }
    }

    void seedsGiveDifferentOrders() {
        QVERIFY(all(1000, 1) == all(1000, 1));
        QVERIFY(all(1000, 1) != all(1000, 2));
    }

    /// Over many seeds each value comes first about equally often (chi-square, 15 degrees of freedom, p = 1e-6: 57).
    void noValueIsPreferredAtTheStart() {
        constexpr int kRounds = 16000, kCount = 16;
        std::vector<int> seen(kCount, 0);
        for (int seed = 0; seed < kRounds; ++seed)
            ++seen[Permutation(kCount, Random(static_cast<std::uint64_t>(seed)))(0)];
        double chi = 0;
        for (const auto count : seen) {
            const double off = count - kRounds / kCount;
            chi += off * off / (kRounds / kCount);
        }
        QVERIFY2(chi < 57, qPrintable(QString::number(chi)));
    }
};

QTEST_APPLESS_MAIN(PermutationTest)
#include "permutation_test.moc"
