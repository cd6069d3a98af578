#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/check.h"
#include "engine/score/operations/pedal.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

class PedalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHoldAndNoPedalHangs() {
        base::Random random(1);
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto score = randomScore(seed);
            IdMint mint(score);
            const TickRange range{Tick{0}, lastTick(score) + Ticks{1}};
            const auto result = pedalByHarmony(score, score.tracks[0].id, range, {}, mint);
            const auto fault = brokenLaw(score, {}, result);
            QVERIFY2(fault.empty(), fault.c_str());
            for (const auto& spot : check(after(score, result.edit)))
                QVERIFY(spot.what != Suspicion::HangingPedal || spot.track != score.tracks[0].id);
            const Tick start{random.between(0, 9000)};
            const auto part = pedalByHarmony(score, score.tracks[1].id, {start, start + Ticks{3000}}, {}, mint);
            QVERIFY(brokenLaw(score, {}, part).empty());
            for (const auto& event : score.tracks[1].events)
                if (event.at < start || start + Ticks{3000} < event.at || event.first != 64)
                    QVERIFY(std::ranges::count(after(score, part.edit).tracks[1].events, event) == 1);
        }
    }

    void thePedalChangesWithTheChord() {
        std::vector<Note> notes;
        for (const int key : {48, 64, 67})
            notes.push_back({.onset = Tick{0}, .length = Ticks{1920}, .pitch = static_cast<std::uint8_t>(key)});
        for (const int key : {53, 65, 69})
            notes.push_back({.onset = Tick{1920}, .length = Ticks{960}, .pitch = static_cast<std::uint8_t>(key)});
        auto score = oneTrack(notes);
        score.tracks[0].events = {{EventId{500}, Tick{100}, ChannelEventKind::Controller, 64, 1}};
        IdMint mint(score);
        const auto done = after(score, pedalByHarmony(score, score.tracks[0].id, {Tick{0}, Tick{3840}}, {}, mint).edit);
        std::vector<std::pair<std::int64_t, int>> pedal;
        for (const auto& event : done.tracks[0].events) pedal.emplace_back(event.at.fromStart, event.second);
        QCOMPARE(pedal, (std::vector<std::pair<std::int64_t, int>>{{120, 127}, {1920, 0}, {2040, 127}, {2880, 0}}));
        QVERIFY(pedalByHarmony(score, TrackId{9'999}, {Tick{0}, Tick{3840}}, {}, mint).edit.isEmpty());
    }
};

QTEST_APPLESS_MAIN(PedalTest)
#include "pedal_test.moc"
