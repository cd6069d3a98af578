#include "tests/engine/score/operations/operation_laws.h"

#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/score/operations/channel_conflicts.h"
#include "engine/score/operations/instrument_change.h"
#include "engine/score/operations/sections.h"
#include "engine/score/operations/track_order.h"
#include "engine/score/track_operations.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

std::vector<TrackId> idsOf(const Score& score) {
    std::vector<TrackId> ids;
    for (const auto& track : score.tracks) ids.push_back(track.id);
    return ids;
}

/// The value of a controller that holds at `at`; -1 where none was said.
int valueAt(const Track& track, int number, Tick at) {
    int value = -1;
    for (const auto& event : track.events)
        if (event.kind == ChannelEventKind::Controller && event.first == number && event.at <= at) value = event.second;
    return value;
}

Score withPrograms(std::vector<int> programs) {
    Score score;
    IdMint mint;
    for (const int program : programs) apply(addTrack(score, "Track", program, false, mint), score);
    return score;
}

#define VERIFY_FITS(score, edit)                                                                                       \
    do {                                                                                                               \
        const auto fault = presenceFault(score, edit);                                                                 \
        QVERIFY2(fault.empty(), fault.c_str());                                                                        \
        QVERIFY(after(after(score, edit), inverse(edit)) == (score));                                                  \
    } while (false)

} // namespace

class ArrangingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tracksMoveInTheirOrderAndBack() {
        const auto score = randomScore(3, {.tracks = 6});
        const auto ids = idsOf(score);
        base::Random random(5);
        for (int round = 0; round < 60; ++round) {
            std::vector<TrackId> moved;
            for (const auto id : ids)
                if (random.below(3) == 0) moved.push_back(id);
            const auto target = random.below(7);
            const auto before = target < ids.size() ? std::optional(ids[target]) : std::nullopt;

            const auto edit = moveTracks(score, moved, before);

            VERIFY_FITS(score, edit);
            const auto now = idsOf(after(score, edit));
            // An oracle of its own: a list without them, and they put back before the first that stays at the target.
            std::vector<TrackId> expected;
            for (std::size_t i = 0; i <= ids.size(); ++i) {
                if (i == target || (i == ids.size() && target > ids.size()))
                    expected.insert(expected.end(), moved.begin(), moved.end());
                if (i < ids.size() && std::ranges::find(moved, ids[i]) == moved.end()) expected.push_back(ids[i]);
            }
            if (std::ranges::find(moved, before.value_or(TrackId{})) == moved.end()) QCOMPARE(now, expected);
            QCOMPARE(now.size(), ids.size());
        }
    }

    void anOwnPieceKeepsItsOrderInTheFile() {
        auto score = withPrograms({1, 2, 3});
        for (std::size_t i = 0; i < 3; ++i) score.tracks[i].name = "Track " + std::to_string(i);
        const auto moved = after(score, moveTracks(score, {score.tracks[2].id}, score.tracks[0].id));
        const auto bytes = midi::write(moved);
        const auto again = midi::read(base::ByteSpan(bytes));
        QVERIFY(again);
        QCOMPARE(again->score.tracks.size(), std::size_t{3});
        QCOMPARE(QString::fromStdString(again->score.tracks[0].name), QString("Track 2"));
        QCOMPARE(QString::fromStdString(again->score.tracks[2].name), QString("Track 1"));
    }

    void conflictsAreFoundAndAFreeChannelIsNamed() {
        auto score = withPrograms({0, 40, 40, 0});
        QVERIFY(channelConflicts(score).empty());
        score.tracks[2].channel = score.tracks[1].channel; // the same instrument
        QVERIFY(channelConflicts(score).empty());
        score.tracks[3].channel = score.tracks[1].channel;
        const std::vector<ChannelConflict> expected{{score.tracks[1].id, score.tracks[3].id}};
        QVERIFY(channelConflicts(score) == expected);
        QCOMPARE(int(*freeChannel(score, 0, score.tracks[3].id)), 2);
        score.tracks[3].port = 1;
        QVERIFY(channelConflicts(score).empty());
        for (int channel = 0; channel < 16; ++channel) {
            score.tracks.push_back(score.tracks[0]);
            score.tracks.back().id = TrackId{500 + static_cast<std::uint64_t>(channel)};
            score.tracks.back().channel = static_cast<std::uint8_t>(channel);
        }
        QVERIFY(!freeChannel(score, 0));
    }

    void chordsThatAreRevoicedRiseAsBefore() {
        const InstrumentRange range{.program = 0, .name = "", .lowest = 48, .highest = 84};
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            base::Random random(seed);
            std::vector<Note> chord;
            std::set<int> keys;
            while (keys.size() < 3) keys.insert(static_cast<int>(random.between(20, 110)));
            for (const int key : keys)
                chord.push_back({.id = NoteId{chord.size() + 1}, .pitch = static_cast<std::uint8_t>(key)});
            const auto pitches = revoicedPitches(chord, range, Ticks{0});
            for (std::size_t i = 0; i < 3; ++i) {
                QVERIFY(range.holds(pitches[i]));
                QCOMPARE((pitches[i] - chord[i].pitch) % 12, 0);
                if (i > 0) QVERIFY(pitches[i - 1] < pitches[i]);
            }
        }
    }

    void notesThatFitAreNotMoved() {
        const InstrumentRange range{.program = 0, .name = "", .lowest = 48, .highest = 84};
        const std::vector<Note> inside{{.id = NoteId{1}, .pitch = 50}, {.id = NoteId{2}, .pitch = 84}};
        QCOMPARE(foldedPitches(inside, range), (std::vector<int>{50, 84}));
        QCOMPARE(revoicedPitches(inside, range, Ticks{0}), (std::vector<int>{50, 84}));
        const std::vector<Note> crossed{{.id = NoteId{1}, .pitch = 72}, {.id = NoteId{2}, .pitch = 86}};
        QCOMPARE(foldedPitches(crossed, range), (std::vector<int>{72, 74}));
        const InstrumentRange narrow{.program = 0, .name = "", .lowest = 70, .highest = 84};
        const std::vector<Note> close{{.id = NoteId{1}, .pitch = 83}, {.id = NoteId{2}, .pitch = 86}};
        QCOMPARE(foldedPitches(close, narrow), (std::vector<int>{83, 74})); // their order is lost
        QCOMPARE(revoicedPitches(close, narrow, Ticks{0}), (std::vector<int>{71, 74}));
    }

    void aChangeOfInstrumentTouchesWhatItNames() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed);
            IdMint mint(score);
            const auto id = score.tracks[0].id;
            const auto named = someNotes(score, seed, 3);
            for (const auto scope : {ChangeScope::Track, ChangeScope::NewTrack, ChangeScope::FromHere})
                for (const auto outside :
                     {OutsideNotes::Leave, OutsideNotes::Octaves, OutsideNotes::Fold, OutsideNotes::Revoice}) {
                    const InstrumentChange change{.program = 73, .outside = outside, .scope = scope};
                    const auto result = changeInstrument(score, id, named, change, mint);
                    VERIFY_FITS(score, result.edit);
                    const auto done = after(score, result.edit);
                    const auto before = notesById(score), now = notesById(done);
                    QCOMPARE(now.size(), before.size());
                    const NoteIdSet wanted(named);
                    for (const auto& [note, was] : before) {
                        const bool mayChange = was.first == id && !has(was.second.marks, NoteMarks::Locked) &&
                                               (scope == ChangeScope::Track || wanted.contains(note));
                        if (!mayChange) QVERIFY(now.at(note) == was);
                        if (outside == OutsideNotes::Leave) QVERIFY(now.at(note).second == was.second);
                    }
                }
        }
    }

    void fromHereTheOldInstrumentComesBack() {
        auto score = withPrograms({5});
        IdMint mint(score);
        for (int beat = 0; beat < 4; ++beat)
            score.tracks[0].notes.push_back({.id = mint.note(), .onset = Tick{beat * 960}, .length = Ticks{960}});
        const std::vector named{score.tracks[0].notes[1].id, score.tracks[0].notes[2].id};
        const auto done = after(score, changeInstrument(score, score.tracks[0].id, named,
                                                        {.program = 60, .scope = ChangeScope::FromHere}, mint)
                                           .edit);
        QCOMPARE(programAt(done.tracks[0], Tick{959}), 5);
        QCOMPARE(programAt(done.tracks[0], Tick{960}), 60);
        QCOMPARE(programAt(done.tracks[0], Tick{2879}), 60);
        QCOMPARE(programAt(done.tracks[0], Tick{2880}), 5);
    }

    void selectedNotesGetATrackOnAChannelOfItsOwn() {
        auto score = withPrograms({5, 6});
        IdMint mint(score);
        for (int beat = 0; beat < 4; ++beat)
            score.tracks[0].notes.push_back({.id = mint.note(), .onset = Tick{beat * 960}, .length = Ticks{960}});
        const std::vector named{score.tracks[0].notes[1].id};
        const auto done = after(score, changeInstrument(score, score.tracks[0].id, named,
                                                        {.program = 60, .scope = ChangeScope::NewTrack}, mint)
                                           .edit);
        QCOMPARE(done.tracks.size(), std::size_t{3});
        QCOMPARE(mainProgram(done.tracks[1]), 60);
        QCOMPARE(done.tracks[1].notes.size(), std::size_t{1});
        QVERIFY(channelConflicts(done).empty());
    }

    void sectionsMoveAndCopyWithinTheLaws() {
        for (std::uint64_t seed = 0; seed < 60; ++seed) {
            const auto score = randomScore(seed);
            base::Random random(seed + 9);
            IdMint mint(score);
            const Tick start{random.between(0, 6000)};
            const Section section{{start, start + Ticks{random.between(1, 4000)}},
                                  {score.tracks[0].id, score.tracks[2].id}};
            const Ticks by{random.between(-8000, 8000)};
            const auto moved = moveSection(score, section, by, mint);
            const auto fault = brokenLaw(score, allNotes(score), moved, {.touchesOthers = true});
            QVERIFY2(fault.empty(), fault.c_str());
            QVERIFY(after(score, moved.edit).tracks[1] == score.tracks[1]);
            const auto copied = copySection(score, section, by, mint);
            const auto copyFault = brokenLaw(score, allNotes(score), copied, {.touchesOthers = true});
            QVERIFY2(copyFault.empty(), copyFault.c_str());
            if (by != Ticks{0} && start.fromStart + by.count >= 0)
                QCOMPARE(noteCount(after(score, copied.edit)), noteCount(score) + notesOf(score, section).size());
        }
    }

    void aControllerGoesBackBehindTheSection() {
        Score score = withPrograms({0});
        IdMint mint(score);
        auto& track = score.tracks[0];
        track.notes.push_back({.id = mint.note(), .onset = Tick{1000}, .length = Ticks{100}});
        const auto say = [&](std::int64_t at, int value) {
            track.events.push_back(
                {mint.event(), Tick{at}, ChannelEventKind::Controller, 1, static_cast<std::uint8_t>(value)});
        };
        say(100, 10);
        say(1200, 20);
        say(5000, 30);
        const Section section{{Tick{1000}, Tick{2000}}, {track.id}};

        const auto moved = after(score, moveSection(score, section, Ticks{5000}, mint).edit);

        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{1999}), 10);
        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{2000}), 20); // as it held behind the section
        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{5999}), 30);
        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{6000}), 10); // what it brought along
        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{6200}), 20);
        QCOMPARE(valueAt(moved.tracks[0], 1, Tick{7000}), 30);
    }
};

QTEST_APPLESS_MAIN(ArrangingTest)
#include "arranging_test.moc"
