#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/time_range.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr Allowed kAll{.removesNotes = true, .touchesOthers = true};

#define VERIFY_EDIT(score, result)                                                                                     \
    do {                                                                                                               \
        const auto fault = brokenLaw(score, {}, result, kAll);                                                         \
        QVERIFY2(fault.empty(), fault.c_str());                                                                        \
    } while (false)

/// Program and every controller of a track at a time.
std::map<int, int> stateAt(const Track& track, Tick at) {
    std::map<int, int> state;
    for (const auto& event : track.events)
        if (event.at <= at) state[static_cast<int>(event.kind) * 256 + event.first] = event.second;
    return state;
}

std::vector<std::pair<std::int64_t, std::int64_t>> spans(const Score& score) {
    std::vector<std::pair<std::int64_t, std::int64_t>> spans;
    for (const auto& note : score.tracks[0].notes) spans.emplace_back(note.onset.fromStart, note.length.count);
    return spans;
}

using Spans = std::vector<std::pair<std::int64_t, std::int64_t>>;

Score three() {
    return oneTrack({{.onset = Tick{0}, .length = Ticks{1000}},
                     {.onset = Tick{960}, .length = Ticks{2000}, .pitch = 62},
                     {.onset = Tick{2880}, .length = Ticks{480}, .pitch = 64}});
}

} // namespace

class TimeRangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        base::Random random(1);
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = seed % 2 == 0 ? 0 : 6});
            const Tick start{random.between(0, 16'000)};
            const Ticks length{random.between(1, 6000)};
            IdMint mint(score);
            for (const auto crossing : {Crossing::Keep, Crossing::Extend, Crossing::Split}) {
                VERIFY_EDIT(score, insertTime(score, start, length, crossing, mint));
                VERIFY_EDIT(score, deleteTime(score, {start, start + length}, crossing));
            }
            VERIFY_EDIT(score, duplicateTime(score, {start, start + length}, mint));
            QVERIFY(insertTime(score, start, Ticks{0}, Crossing::Keep, mint).edit.isEmpty());
            QVERIFY(deleteTime(score, {start, start}).edit.isEmpty());
        }
    }

    void timeInsertedAndDeletedAgainIsTheIdentity() {
        base::Random random(2);
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            const Tick at{random.between(1, 16'000)};
            const Ticks length{random.between(1, 6000)};
            IdMint mint(score);
            for (const auto crossing : {Crossing::Keep, Crossing::Extend}) {
                auto done = after(score, insertTime(score, at, length, crossing, mint).edit);
                // A kept note that ends in the new time would be cut when that is deleted: they must be long enough.
                if (crossing == Crossing::Keep) continue;
                apply(deleteTime(done, {at, at + length}, crossing).edit, done);
                QVERIFY(done == score);
            }
        }
    }

    void notesBehindMoveAndNotesAcrossDoAsTold() {
        const auto score = three();
        IdMint mint(score);
        const auto with = [&](Crossing crossing) {
            return spans(after(score, insertTime(score, Tick{1920}, Ticks{100}, crossing, mint).edit));
        };
        QCOMPARE(with(Crossing::Keep), (Spans{{0, 1000}, {960, 2000}, {2980, 480}}));
        QCOMPARE(with(Crossing::Extend), (Spans{{0, 1000}, {960, 2100}, {2980, 480}}));
        QCOMPARE(with(Crossing::Split), (Spans{{0, 1000}, {960, 960}, {2020, 1040}, {2980, 480}}));
        const auto without = [&](Crossing crossing, std::int64_t from, std::int64_t to) {
            return spans(after(score, deleteTime(score, {Tick{from}, Tick{to}}, crossing).edit));
        };
        QCOMPARE(without(Crossing::Extend, 1920, 2400), (Spans{{0, 1000}, {960, 1520}, {2400, 480}}));
        QCOMPARE(without(Crossing::Keep, 1920, 2400), (Spans{{0, 1000}, {960, 2000}, {2400, 480}}));
        QCOMPARE(without(Crossing::Split, 1920, 2400), (Spans{{0, 1000}, {960, 960}, {2400, 480}}));
        QCOMPARE(without(Crossing::Extend, 960, 2880), (Spans{{0, 960}, {960, 480}}));
    }

    void whatHeldAtTheEndOfADeletedRangeHoldsAfterIt() {
        base::Random random(3);
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            const Tick start{random.between(0, 14'000)};
            const Tick end = start + Ticks{random.between(1, 5000)};
            const auto done = after(score, deleteTime(score, {start, end}).edit);
            for (std::size_t i = 0; i < score.tracks.size(); ++i)
                QVERIFY(stateAt(done.tracks[i], start) == stateAt(score.tracks[i], end));
            const auto tempos = done.tempoMap(), before = score.tempoMap();
            QCOMPARE(tempos.bpmAt(start), before.bpmAt(end));
            for (std::int64_t later = 0; later < 9000; later += 700)
                QCOMPARE(tempos.bpmAt(start + Ticks{later}), before.bpmAt(end + Ticks{later}));
        }
    }

    void aDuplicateSoundsAsTheOriginal() {
        base::Random random(4);
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            const TickRange range{Tick{random.between(0, 9000)}, Tick{random.between(9001, 15'000)}};
            IdMint mint(score);
            const auto done = after(score, duplicateTime(score, range, mint).edit);
            const auto tempos = done.tempoMap(), before = score.tempoMap();
            for (Ticks later{1}; later < range.length(); later = later + Ticks{97}) {
                const auto now = range.end + later, was = range.start + later;
                QCOMPARE(tempos.bpmAt(now), before.bpmAt(was));
                QCOMPARE(done.meterMap().numeratorAt(now), score.meterMap().numeratorAt(was));
                for (std::size_t i = 0; i < score.tracks.size(); ++i) {
                    const auto state = stateAt(done.tracks[i], now);
                    for (const auto& [slot, value] : stateAt(score.tracks[i], was)) QCOMPARE(state.at(slot), value);
                }
            }
            for (std::size_t i = 0; i < score.tracks.size(); ++i) {
                std::vector<std::pair<std::int64_t, int>> original, copy;
                for (const auto& note : score.tracks[i].notes)
                    if (range.contains(note.onset)) original.emplace_back((note.onset - range.start).count, note.pitch);
                const TickRange second{range.end, range.end + range.length()};
                for (const auto& note : done.tracks[i].notes)
                    if (second.contains(note.onset)) copy.emplace_back((note.onset - second.start).count, note.pitch);
                QCOMPARE(copy, original);
            }
            const auto last = Tick{40'000};
            QCOMPARE(tempos.bpmAt(last), before.bpmAt(last));
        }
    }

    void thePieceBeginsAsItDid() {
        auto score = randomScore(1, {.lockedIn = 0});
        IdMint mint(score);
        const auto done = after(score, insertTime(score, Tick{0}, Ticks{1920}, Crossing::Keep, mint).edit);
        QCOMPARE(done.tempos[0].at.fromStart, 0);
        QCOMPARE(done.meters[0].at.fromStart, 0);
        QCOMPARE(done.tempos[1].at.fromStart, 7000 + 1920);
        QCOMPARE(done.end.fromStart, score.end.fromStart + 1920);
        QCOMPARE(done.tracks[0].notes[0].onset.fromStart, score.tracks[0].notes[0].onset.fromStart + 1920);
    }

    void lockedNotesStayAndAreCounted() {
        auto score = three();
        score.tracks[0].notes[2].marks = NoteMarks::Locked;
        IdMint mint(score);
        const auto inserted = insertTime(score, Tick{1920}, Ticks{100}, Crossing::Keep, mint);
        QCOMPARE(inserted.locked, std::size_t{1});
        QCOMPARE(spans(after(score, inserted.edit)), (Spans{{0, 1000}, {960, 2000}, {2880, 480}}));
        QCOMPARE(deleteTime(score, {Tick{2000}, Tick{3000}}).locked, std::size_t{1});
    }

    void sectionsAndChordsGoWithTheMusic() {
        auto score = three();
        IdMint mint(score);
        using Kind = MarkerEvent::Kind;
        score.markers = {{.id = mint.event(), .at = Tick{0}, .name = "A"},
                         {.id = mint.event(), .at = Tick{1920}, .name = "B"},
                         {.id = mint.event(), .at = Tick{2000}, .kind = Kind::Cue, .name = "cue"}};
        score.chords = {{.id = mint.event(), .at = Tick{0}, .name = "C"},
                        {.id = mint.event(), .at = Tick{960}, .name = "F"}};
        const auto markers = [](const Score& of) {
            std::string text;
            for (const auto& marker : of.markers) text += marker.name + std::to_string(marker.at.fromStart) + " ";
            return text;
        };
        const auto later = after(score, insertTime(score, Tick{0}, Ticks{100}, Crossing::Keep, mint).edit);
        QCOMPARE(markers(later), std::string("A100 B2020 cue2100 "));
        QCOMPARE(later.chords[0].at, Tick{100});
        const auto shorter = after(score, deleteTime(score, {Tick{960}, Tick{2880}}).edit);
        QCOMPARE(markers(shorter), std::string("A0 B960 ")); // B goes on from where its rest now begins
        QCOMPARE(shorter.chords.back().name, std::string("F"));
        const auto twice = after(score, duplicateTime(score, {Tick{0}, Tick{1920}}, mint).edit);
        QCOMPARE(markers(twice), std::string("A0 A1920 B3840 cue3920 "));
        QCOMPARE(twice.chords.size(), std::size_t{4});
    }
};

QTEST_APPLESS_MAIN(TimeRangeTest)
#include "time_range_test.moc"
