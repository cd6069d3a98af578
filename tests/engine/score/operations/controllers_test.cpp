#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/controllers.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

const auto kModulation = ControlLine::controller(1), kSustain = ControlLine::controller(64);

/// Some values of several lines, bends among them.
Score withValues(std::uint64_t seed) {
    auto score = randomScore(seed);
    base::Random random(seed + 77);
    IdMint mint(score);
    auto& events = score.tracks[0].events;
    for (int i = 0; i < 40; ++i) {
        const ControlLine lines[] = {kModulation, ControlLine::pitchBend(), ControlLine::channelPressure(),
                                     ControlLine::keyPressure(60), ControlLine::program()};
        const auto line = lines[random.below(5)];
        const auto bounds = boundsOf(line);
        events.push_back(eventOf(line, mint.event(), {random.between(0, 15000)},
                                 static_cast<int>(random.between(bounds.low, bounds.high))));
    }
    std::sort(events.begin(), events.end(), EventOrder{});
    return score;
}

std::vector<EventId> someEvents(const Score& score, ControlLine line, std::uint64_t seed) {
    base::Random random(seed);
    std::vector<EventId> ids;
    for (const auto& event : eventsOf(score.tracks[0], line))
        if (random.below(2) == 0) ids.push_back(event.id);
    return ids;
}

/// The edit fits, its inverse brings back what was, values are in bounds, and only `line` inside `range` changed.
std::string fault(const Score& before, const ScoreEdit& edit, ControlLine line, TickRange range) {
    if (auto broken = brokenLaw(before, {}, {edit, 0}); !broken.empty()) return broken;
    const auto now = after(before, edit);
    for (const auto& event : before.tracks[0].events)
        if ((lineOf(event) != line || !range.contains(event.at)) &&
            std::ranges::count(now.tracks[0].events, event) != 1)
            return "an event of another line or outside the range changed";
    for (const auto& event : now.tracks[0].events) {
        if (event.first > 127 || event.second > 127) return "a value out of bounds";
        if ((lineOf(event) != line || !range.contains(event.at)) &&
            std::ranges::count(before.tracks[0].events, event) != 1)
            return "an event came outside the range";
    }
    return {};
}

TickRange everywhere() { return {{0}, {INT64_MAX}}; }

} // namespace

class ControllersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesSurviveTheirBytes() {
        for (const auto line : {kModulation, ControlLine::pitchBend(), ControlLine::channelPressure(),
                                ControlLine::keyPressure(61), ControlLine::program()})
            for (int value = boundsOf(line).low; value <= boundsOf(line).high; ++value) {
                const auto event = eventOf(line, EventId{1}, {0}, value);
                QCOMPARE(valueOf(event), value);
                QVERIFY(lineOf(event) == line && event.first < 128 && event.second < 128);
            }
        QCOMPARE(eventOf(ControlLine::pitchBend(), EventId{1}, {0}, 0).second, std::uint8_t{64});
    }

    void theLawsHoldForDrawnFigures() {
        base::Random random(5);
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const auto score = withValues(seed);
            IdMint mint(score);
            const auto line = seed % 2 == 0 ? kModulation : ControlLine::pitchBend();
            const Tick start{random.between(0, 12000)};
            const Figure figure{.kind = static_cast<Figure::Kind>(seed % 5),
                                .start = start,
                                .end = start + Ticks{random.between(0, 4000)},
                                .from = static_cast<double>(random.between(-9000, 9000)),
                                .to = static_cast<double>(random.between(-9000, 9000)),
                                .bow = 1,
                                .period = Ticks{500}};
            const auto edit = drawFigure(score, score.tracks[0].id, line, figure, {30}, mint);
            const auto broken = fault(score, edit, line, {figure.start, figure.end + Ticks{1}});
            QVERIFY2(broken.empty(), broken.c_str());
            QCOMPARE(valueAt(after(score, edit).tracks[0], line, figure.end),
                     boundsOf(line).bounded(figure.valueAt(figure.end)));
        }
    }

    void drawingTheSameAgainChangesNothing() {
        const auto score = withValues(3);
        IdMint mint(score);
        const Figure figure{.start = {1000}, .end = {3000}, .from = 0, .to = 127};
        const auto drawn = after(score, drawFigure(score, score.tracks[0].id, kModulation, figure, {10}, mint));
        QVERIFY(drawFigure(drawn, drawn.tracks[0].id, kModulation, figure, {10}, mint).isEmpty());
    }

    void theLawsHoldForMovesAndTheGroupKeepsItsShape() {
        base::Random random(6);
        for (std::uint64_t seed = 0; seed < 80; ++seed) {
            const auto score = withValues(seed);
            const auto line = seed % 2 == 0 ? kModulation : ControlLine::pitchBend();
            const auto ids = someEvents(score, line, seed);
            const auto edit = movePoints(score, score.tracks[0].id, ids, {random.between(-20000, 9000)},
                                         static_cast<int>(random.between(-9000, 9000)));
            const auto broken = fault(score, edit, line, everywhere());
            QVERIFY2(broken.empty(), broken.c_str());
            const auto now = after(score, edit);
            std::set<std::pair<std::int64_t, int>> shifts;
            for (const auto& was : score.tracks[0].events)
                for (const auto& is : now.tracks[0].events)
                    if (was.id == is.id && std::ranges::find(ids, was.id) != ids.end())
                        shifts.insert({(is.at - was.at).count, valueOf(is) - valueOf(was)});
            QVERIFY(shifts.size() <= 1);
        }
    }

    void whatAMovedPointLandsOnLeaves() {
        auto score = oneTrack({});
        score.tracks[0].events = {eventOf(kModulation, EventId{101}, {0}, 10),
                                  eventOf(kModulation, EventId{102}, {480}, 20),
                                  eventOf(kSustain, EventId{103}, {480}, 127)};
        const std::vector ids{EventId{101}};
        const auto now = after(score, movePoints(score, score.tracks[0].id, ids, {480}, 5));
        QCOMPARE(now.tracks[0].events.size(), std::size_t{2});
        QCOMPARE(valueAt(now.tracks[0], kModulation, {480}), 15);
        QCOMPARE(valueAt(now.tracks[0], kSustain, {480}), 127);
    }

    void theLawsHoldForScalingSettingJoiningAndRemoving() {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = withValues(seed);
            const auto track = score.tracks[0].id;
            const auto line = seed % 2 == 0 ? kModulation : ControlLine::pitchBend();
            const auto ids = someEvents(score, line, seed);
            IdMint mint(score);
            for (const auto& edit :
                 {scalePoints(score, track, ids, 3.5, 20), setPointValues(score, track, ids, 99'999),
                  joinPoints(score, track, ids, Figure::Kind::Smooth, {20}, mint),
                  joinPoints(score, track, ids, Figure::Kind::Step, {20}, mint), removeEvents(score, track, ids)}) {
                const auto broken = fault(score, edit, line, everywhere());
                QVERIFY2(broken.empty(), broken.c_str());
            }
        }
    }

    void joinedPointsStayAndTheWayBetweenIsALine() {
        auto score = oneTrack({});
        score.tracks[0].events = {eventOf(kModulation, EventId{101}, {0}, 0),
                                  eventOf(kModulation, EventId{102}, {500}, 90),
                                  eventOf(kModulation, EventId{103}, {1000}, 100)};
        IdMint mint(score);
        const std::vector ids{EventId{101}, EventId{103}};
        const auto now =
            after(score, joinPoints(score, score.tracks[0].id, ids, Figure::Kind::Line, {10}, mint)).tracks[0];
        QCOMPARE(valueAt(now, kModulation, {500}), 50);
        QCOMPARE(valueAt(now, kModulation, {1000}), 100);
        QVERIFY(std::ranges::any_of(now.events, [](const auto& event) { return event.id == EventId{103}; }));
        const auto stepped =
            after(score, joinPoints(score, score.tracks[0].id, ids, Figure::Kind::Step, {10}, mint)).tracks[0];
        QCOMPARE(eventsOf(stepped, kModulation).size(), std::size_t{2});
    }

    void aCopyPastedWhereItWasIsTheSame() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = withValues(seed);
            const auto track = score.tracks[0].id;
            const auto all = eventsOf(score.tracks[0], kModulation);
            std::vector<EventId> ids;
            for (const auto& event : all) ids.push_back(event.id);
            IdMint mint(score);
            const auto cleared = after(score, removeEvents(score, track, ids));
            const auto clip = copyPoints(score, track, ids);
            const auto back = after(cleared, pastePoints(cleared, track, kModulation, clip, all.front().at, {}, mint));
            for (const auto& event : all)
                QCOMPARE(valueAt(back.tracks[0], kModulation, event.at),
                         valueAt(score.tracks[0], kModulation, event.at));
        }
    }

    void pastingScalesTimeAndValueAndFitsOtherLines() {
        auto score = oneTrack({});
        score.tracks[0].events = {eventOf(kModulation, EventId{101}, {960}, 127),
                                  eventOf(kModulation, EventId{102}, {1440}, 64)};
        IdMint mint(score);
        const std::vector ids{EventId{101}, EventId{102}};
        const auto clip = copyPoints(score, score.tracks[0].id, ids);
        std::vector<EventId> pasted;
        const auto now = after(score, pastePoints(score, score.tracks[0].id, ControlLine::pitchBend(), clip, {0},
                                                  {.timeFactor = 2, .valueFactor = 0.5}, mint, &pasted));
        QCOMPARE(pasted.size(), std::size_t{2});
        const auto bends = eventsOf(now.tracks[0], ControlLine::pitchBend());
        QCOMPARE(bends[1].at, Tick{960});
        QCOMPARE(valueOf(bends[0]), 4096);
    }

    void namesAreThoseOfTheSpecification() {
        QCOMPARE(controllerName(1), std::string("Modulation"));
        QCOMPARE(controllerName(64), std::string("Sustain"));
        QCOMPARE(controllerName(33), std::string("Modulation, fine"));
        QCOMPARE(controllerName(3), std::string("Controller 3"));
        QVERIFY(isSwitch(kSustain) && !isSwitch(kModulation));
        QVERIFY(!shapesNotes(ControlLine::program()) && !shapesNotes(ControlLine::controller(101)));
    }

    void unknownTracksAndIdsChangeNothing() {
        const auto score = withValues(1);
        IdMint mint(score);
        const std::vector ids{EventId{999'999}};
        QVERIFY(drawFigure(score, TrackId{77'777}, kModulation, {.end = {10}}, {1}, mint).isEmpty());
        QVERIFY(movePoints(score, score.tracks[0].id, ids, {10}).isEmpty());
        QVERIFY(pastePoints(score, score.tracks[0].id, kModulation, {}, {0}, {}, mint).isEmpty());
    }
};

QTEST_APPLESS_MAIN(ControllersTest)
#include "controllers_test.moc"
