#include "tests/engine/sound/sound_fixtures.h"

#include <QTest>

using namespace continuo;
using namespace continuo::sound;
using namespace continuo::sound::fixtures;
using score::ChannelEventKind;

namespace {

std::unique_ptr<const PlaybackPlan> compiled(const score::Score& score, const Mix& mix = {}) {
    LaneTable lanes;
    return compilePlan(score, mix, lanes, kRate);
}

std::size_t strikes(const PlaybackPlan& plan) {
    return static_cast<std::size_t>(
        std::ranges::count(plan.events, MessageKind::NoteOn, [](const PlanEvent& e) { return e.message.kind; }));
}

} // namespace

class PlanCompilerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void atOneTickOffsComeBeforeControllersBeforeOns() {
        const auto plan = compiled(scoreOf({track(1, {note(1, 0, 480, 60), note(2, 480, 480, 60)},
                                                  {channelEvent(3, 480, ChannelEventKind::Controller, 7, 1)})}));
        std::vector<MessageKind> kinds;
        for (const auto& event : plan->events)
            if (event.frame == 12000) kinds.push_back(event.message.kind);
        QCOMPARE(kinds, (std::vector<MessageKind>{MessageKind::NoteOff, MessageKind::Controller, MessageKind::NoteOn}));
    }

    void overlappingNotesOfOneKeyNeverOverlapInThePlan() {
        const auto plan =
            compiled(scoreOf({track(1, {note(1, 0, 1000, 60), note(2, 100, 50, 60), note(3, 100, 80, 60, 127)})}));
        int down = 0;
        for (const auto& event : plan->events) {
            down += event.message.kind == MessageKind::NoteOn ? 1 : -1;
            QVERIFY(down == 0 || down == 1);
        }
        QCOMPARE(strikes(*plan), std::size_t{2});
        QCOMPARE(plan->events.back().frame, 25000);
    }

    void mutedTracksAndNotesAreSilentAndSoloWinsOverMute() {
        auto score = scoreOf({track(1, {note(1, 0, 10, 60)}), track(2, {note(2, 0, 10, 61), note(3, 0, 10, 62)})});
        score.tracks[1].notes[1].marks = score::NoteMarks::Muted;
        Mix mix;
        QCOMPARE(strikes(*compiled(score, mix)), std::size_t{2});
        mix.muted = {score::TrackId{2}};
        QCOMPARE(strikes(*compiled(score, mix)), std::size_t{1});
        mix.soloed = {score::TrackId{2}};
        QCOMPARE(compiled(score, mix)->events[0].message.first, 61);
    }

    void tracksOfOneChannelHaveLanesOfTheirOwn() {
        auto score = scoreOf({track(1, {note(1, 0, 10, 60)}, {channelEvent(5, 0, ChannelEventKind::Program, 40)}),
                              track(2, {note(2, 0, 10, 60)}, {channelEvent(6, 0, ChannelEventKind::Program, 70)})});
        score.tracks[1].channel = score.tracks[0].channel;
        const auto plan = compiled(score);
        QVERIFY(plan->lanes[0].lane != plan->lanes[1].lane);
        QCOMPARE(strikes(*plan), std::size_t{2});
        QCOMPARE(plan->controls.size(), std::size_t{2});
    }

    void aTrackWithoutAProgramFollowsItsChannel() {
        auto score = scoreOf({track(1, {note(1, 0, 10, 60)}, {channelEvent(5, 0, ChannelEventKind::Program, 40)}),
                              track(2, {note(2, 0, 10, 64)})});
        score.tracks[1].channel = score.tracks[0].channel;
        QCOMPARE(compiled(score)->controls.size(), std::size_t{2});
        score.tracks[1].port = 1;
        QCOMPARE(compiled(score)->controls.size(), std::size_t{1});
    }

    void theMetronomeClicksOnEachBeatAndAccentsTheBar() {
        auto score = scoreOf({track(1, {note(1, 0, 960 * 6, 60)})});
        score.meters.push_back({.id = score::EventId{1}, .numerator = 3, .denominatorPower = 2});
        Mix mix;
        mix.metronome = true;
        const auto plan = compiled(score, mix);
        QCOMPARE(strikes(*plan), std::size_t{7});
        int accents = 0;
        for (const auto& event : plan->events)
            accents += event.message.kind == MessageKind::NoteOn && event.message.lane == kMetronomeLane &&
                       event.message.second == 120;
        QCOMPARE(accents, 2);
    }

    void lanesStayWithTheirTracksWhenTheListChanges() {
        LaneTable lanes;
        const auto first = lanes.laneOf(score::TrackId{7}), second = lanes.laneOf(score::TrackId{8});
        lanes.keepOnly(scoreOf({track(8, {})}));
        QCOMPARE(lanes.laneOf(score::TrackId{8}), second);
        QCOMPARE(lanes.laneOf(score::TrackId{9}), first);
    }

    void seventeenPortsAreOneTooMany() {
        LaneTable lanes;
        for (int i = 0; i < kMaxPorts; ++i) QVERIFY(lanes.laneOf(Route{"port " + std::to_string(i), 15}).has_value());
        QVERIFY(!lanes.laneOf(Route{"another", 0}).has_value());
    }
};

QTEST_APPLESS_MAIN(PlanCompilerTest)
#include "plan_compiler_test.moc"
