#include "ui/pianoroll/row_map.h"

#include "engine/base/random.h"

#include <QTest>
#include <vector>

using namespace continuo;
using namespace continuo::ui;

namespace {

PitchSet pitches(std::initializer_list<int> list) {
    PitchSet set;
    for (const int pitch : list) set.set(static_cast<std::size_t>(pitch));
    return set;
}

std::array<bool, 12> cMajor() {
    std::array<bool, 12> scale{};
    for (const int step : {0, 2, 4, 5, 7, 9, 11}) scale[static_cast<std::size_t>(step)] = true;
    return scale;
}

} // namespace

class RowMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void chromaticRowsAreThePitchesThemselves() {
        const RowMap map;
        QCOMPARE(map.rows(), 128);
        for (int pitch = 0; pitch < 128; ++pitch) {
            QVERIFY(map.shows(pitch));
            QCOMPARE(map.rowOf(pitch), pitch);
            QCOMPARE(map.pitchOf(pitch), pitch);
        }
        QVERIFY(!map.isFolded());
        QCOMPARE(map.stepsBetween(-3, 130), 133);
    }

    void rowsAndPitchesAreEachOthersInverse() {
        base::Random random(7);
        for (int round = 0; round < 200; ++round) {
            PitchSet used;
            for (std::size_t pitch = 0; pitch < 128; ++pitch) used.set(pitch, random.below(4) == 0);
            const auto map = round % 2 ? RowMap::ofUsed(used) : RowMap::ofScale(everyOctave(cMajor()), used);
            for (int row = 0; row < map.rows(); ++row) QCOMPARE(map.rowOf(map.pitchOf(row)), row);
            for (int pitch = 0; pitch < 128; ++pitch)
                if (used.test(static_cast<std::size_t>(pitch))) QVERIFY(map.shows(pitch));
        }
    }

    void foldedToUsedShowsJustWhatIsUsed() {
        const auto map = RowMap::ofUsed(pitches({40, 60, 61, 99}));
        QCOMPARE(map.rows(), 4);
        QCOMPARE(map.pitchOf(0), 40);
        QCOMPARE(map.pitchOf(3), 99);
        QCOMPARE(map.pitchOf(-5), 40);
        QCOMPARE(map.pitchOf(50), 99);
        QVERIFY(!map.shows(50));
        QCOMPARE(map.rowOf(63), 2); // nearest to 61
        QCOMPARE(RowMap::ofUsed({}), RowMap());
    }

    void foldedToTheScaleMarksWhatLiesOutside() {
        const auto map = RowMap::ofScale(everyOctave(cMajor()), pitches({60, 61}));
        QVERIFY(map.shows(62) && map.shows(61) && !map.shows(63));
        QVERIFY(map.isMarked(map.rowOf(61)));
        QVERIFY(!map.isMarked(map.rowOf(62)));
        QCOMPARE(map.stepsBetween(map.rowOf(60), map.rowOf(62)), 1); // the marked row between is no step
        QCOMPARE(map.stepsBetween(map.rowOf(60), map.rowOf(72)), 7);
    }

    void aStepOfTheScaleCarriesEveryNoteByOneDegree() {
        const auto map = RowMap::ofScale(everyOctave(cMajor()), pitches({61}));
        const auto up = map.carriedBy(1);
        QCOMPARE(int{up[60]}, 62);
        QCOMPARE(int{up[64]}, 65);
        QCOMPARE(int{up[71]}, 72);
        QCOMPARE(int{up[61]}, 63); // a semitone over its degree stays one over the next
        QCOMPARE(int{map.carriedBy(7)[60]}, 72);
        QCOMPARE(int{map.carriedBy(-2)[60]}, 57);
    }

    void stepsStopWhereTheFirstPitchReachesTheEnd() {
        const RowMap chromatic;
        QCOMPARE(chromatic.allowedSteps(12, pitches({60, 120})), 7);
        QCOMPARE(chromatic.allowedSteps(-12, pitches({5, 60})), -5);
        const auto used = RowMap::ofUsed(pitches({40, 50, 60}));
        QCOMPARE(used.allowedSteps(5, pitches({40, 50})), 1);
        QCOMPARE(int{used.carriedBy(1)[40]}, 50);
    }

    void carryingForthAndBackIsNothing() {
        const auto map = RowMap::ofScale(everyOctave(cMajor()), {});
        for (int steps = -7; steps <= 7; ++steps) {
            const auto forth = map.carriedBy(steps), back = map.carriedBy(-steps);
            for (int pitch = 36; pitch < 90; ++pitch)
                if (map.shows(pitch)) QCOMPARE(int{back[forth[static_cast<std::size_t>(pitch)]]}, pitch);
        }
    }

    void aKitHasItsOwnOrder() {
        const std::vector<std::uint8_t> kit{36, 38, 42, 46, 35};
        const auto map = RowMap::ofDrums(kit);
        QVERIFY(map.showsHits());
        QCOMPARE(map.rows(), 5);
        QCOMPARE(map.pitchOf(4), 35);
        QCOMPARE(int{map.carriedBy(1)[46]}, 35); // the next row, not the next key
        QCOMPARE(int{map.carriedBy(2)[60]}, 60); // not of the kit
        QCOMPARE(map.allowedSteps(3, pitches({42})), 2);
    }
};

QTEST_APPLESS_MAIN(RowMapTest)
#include "row_map_test.moc"
