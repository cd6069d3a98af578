#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/switches.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

const auto kSustain = ControlLine::controller(64);

bool isDown(const Track& track, Tick at) { return valueAt(track, kSustain, at) >= kSwitchOn; }

} // namespace

class SwitchesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSwitchedRangeIsOnAndAllElseIsAsBefore() {
        base::Random random(1);
        for (std::uint64_t seed = 0; seed < 150; ++seed) {
            const auto score = randomScore(seed, {.tracks = 1, .notes = 4});
            IdMint mint(score);
            const Tick start{random.between(-50, 15000)};
            const TickRange range{start, start + Ticks{random.between(1, 5000)}};
            const bool on = seed % 2 == 0;
            const auto edit = setSwitch(score, score.tracks[0].id, kSustain, range, on, mint);
            const auto fault = brokenLaw(score, {}, {edit, 0});
            QVERIFY2(fault.empty(), fault.c_str());
            const auto now = after(score, edit);
            for (std::int64_t t = 0; t < 21000; t += 13)
                QCOMPARE(isDown(now.tracks[0], {t}), range.contains({t}) ? on : isDown(score.tracks[0], {t}));
            for (const auto at : {range.start, range.end - Ticks{1}, range.end})
                if (Tick{0} <= at)
                    QCOMPARE(isDown(now.tracks[0], at), range.contains(at) ? on : isDown(score.tracks[0], at));
        }
    }

    void aMovedPedalIsWhereItWasTakenTo() {
        auto score = oneTrack({});
        score.tracks[0].events = {
            eventOf(kSustain, EventId{101}, {100}, 127), eventOf(kSustain, EventId{102}, {200}, 0),
            eventOf(kSustain, EventId{103}, {500}, 127), eventOf(kSustain, EventId{104}, {600}, 0)};
        IdMint mint(score);
        const auto edit = moveSwitch(score, score.tracks[0].id, kSustain, {{100}, {200}}, {{250}, {350}}, mint);
        const auto now = after(score, edit).tracks[0];
        const auto spans = switchSpans(now.events, {1000});
        QCOMPARE(spans.size(), std::size_t{2});
        QCOMPARE(spans[0].range, (TickRange{{250}, {350}}));
        QCOMPARE(spans[1].range, (TickRange{{500}, {600}}));
        const auto joined =
            after(score, moveSwitch(score, score.tracks[0].id, kSustain, {{100}, {200}}, {{100}, {550}}, mint));
        QCOMPARE(switchSpans(joined.tracks[0].events, {1000}).size(), std::size_t{1});
    }

    void aHangingPedalIsSeenAndLifted() {
        auto score = oneTrack({});
        score.tracks[0].events = {eventOf(kSustain, EventId{101}, {100}, 90)};
        IdMint mint(score);
        const auto spans = switchSpans(score.tracks[0].events, {1000});
        QVERIFY(spans.size() == 1 && spans[0].hangs && spans[0].range.end == Tick{1000});
        const auto now = after(score, liftSwitch(score, score.tracks[0].id, kSustain, {800}, mint));
        QVERIFY(!isDown(now.tracks[0], {800}) && isDown(now.tracks[0], {799}));
        QVERIFY(liftSwitch(now, now.tracks[0].id, kSustain, {900}, mint).isEmpty());
    }
};

QTEST_APPLESS_MAIN(SwitchesTest)
#include "switches_test.moc"
