#include "engine/sound/plan_exchange.h"

#include <QTest>
#include <atomic>
#include <thread>

using namespace continuo::sound;

class PlanExchangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLatestPlanArrivesAndNoneIsSeenTornWhileAnotherThreadPlays() {
        PlanExchange exchange;
        std::atomic<bool> done{false};
        std::int64_t seen = 0;
        bool whole = true;
        std::thread player([&] {
            while (true) {
                const bool last = done.load();
                if (const auto* plan = exchange.latest()) {
                    whole = whole && plan->end >= seen && plan->longestNote == plan->end * 3 &&
                            plan->events.size() == static_cast<std::size_t>(plan->end % 50);
                    seen = plan->end;
                }
                if (last) break;
            }
        });
        for (int number = 1; number <= 20'000; ++number) {
            auto plan = std::make_unique<PlaybackPlan>();
            plan->end = number;
            plan->longestNote = 3 * number;
            plan->events.resize(static_cast<std::size_t>(number % 50));
            exchange.publish(std::move(plan));
        }
        done = true;
        player.join();
        exchange.collect();
        const auto* last = exchange.latest();

        QVERIFY(whole);
        QCOMPARE(last->end, 20'000);
    }
};

QTEST_APPLESS_MAIN(PlanExchangeTest)
#include "plan_exchange_test.moc"
