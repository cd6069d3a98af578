#include "engine/base/random.h"
#include "engine/base/spsc_queue.h"

#include <QTest>
#include <thread>

using namespace continuo::base;

class RandomTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSequenceIsTheSameEverywhere() {
        Random random(Random::State{1, 2, 3, 4});
        // First outputs of the authors' reference implementation from state 1 2 3 4.
        for (const std::uint64_t expected : {11520u, 0u, 1509978240u}) QCOMPARE(random.next(), expected);
    }

    void aRestoredStateGoesOnAlike() {
        Random random(5);
        for (int i = 0; i < 10; ++i) random.next();
        Random restored(random.state());
        for (int i = 0; i < 100; ++i) QCOMPARE(random.next(), restored.next());
    }

    void boundsAreKeptAndReached() {
        Random random(1);
        std::array<int, 6> seen{};
        for (int i = 0; i < 6000; ++i) ++seen[random.below(6)];
        for (const int count : seen) QVERIFY(count > 800 && count < 1200);
        for (int i = 0; i < 1000; ++i) QVERIFY(random.between(-3, 3) <= 3 && random.between(-3, 3) >= -3);
    }

    void theQueueKeepsOrderAcrossThreads() {
        SpscQueue<int> queue(64);
        constexpr int kCount = 100'000;
        std::jthread producer([&] {
            for (int i = 0; i < kCount;)
                if (queue.push(i)) ++i;
        });
        for (int expected = 0; expected < kCount;)
            if (const auto item = queue.pop()) QCOMPARE(*item, expected++);
        QVERIFY(!queue.pop());
    }
};

QTEST_APPLESS_MAIN(RandomTest)
#include "random_test.moc"
