#include "engine/score/operations/control_line.h"
#include "engine/score/operations/pitch_bend.h"

#include <QTest>
#include <cmath>

using namespace continuo::score;

namespace {

Track saying(const std::vector<std::pair<std::int64_t, std::pair<int, int>>>& said) {
    Track track;
    std::uint64_t id = 1;
    for (const auto& [at, event] : said)
        track.events.push_back(eventOf(ControlLine::controller(event.first), EventId{id++}, {at}, event.second));
    return track;
}

} // namespace

class PitchBendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAWordItIsTwoSemitones() { QCOMPARE(bendRangeAt(bendRanges(Track{}), {5}), 200); }

    void theRegisteredParameterIsRead() {
        const auto track = saying({{0, {101, 0}}, {0, {100, 0}}, {0, {6, 12}}, {960, {38, 50}}});
        const auto ranges = bendRanges(track);
        QCOMPARE(bendRangeAt(ranges, {0}), 1200);
        QCOMPARE(bendRangeAt(ranges, {959}), 1200);
        QCOMPARE(bendRangeAt(ranges, {960}), 1250);
    }

    void dataOfOtherParametersIsNotForUs() {
        QCOMPARE(bendRangeAt(bendRanges(saying({{0, {101, 0}}, {0, {100, 1}}, {0, {6, 12}}})), {9}), 200);
        QCOMPARE(bendRangeAt(bendRanges(saying({{0, {101, 0}}, {0, {100, 0}}, {0, {99, 1}}, {0, {6, 12}}})), {9}), 200);
    }

    void centsAndBendsAreInverse() {
        for (const int range : {100, 200, 1200, 4800})
            for (int bend = -8192; bend <= 8191; bend += 17) QCOMPARE(bendOf(centsOf(bend, range), range), bend);
        QCOMPARE(bendOf(200, 200), 8191);
        QCOMPARE(bendOf(-200, 200), -8192);
        QCOMPARE(bendOf(100, 200), 4096);
    }
};

QTEST_APPLESS_MAIN(PitchBendTest)
#include "pitch_bend_test.moc"
