#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/split_tracks.h"
#include "engine/score/operations/voices.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

constexpr Allowed kMoves{.touchesOthers = true, .movesBetweenTracks = true};

std::string faultOf(const Score& score, const OperationResult& result) {
    auto fault = brokenLaw(score, allNotes(score), result, kMoves);
    if (!fault.empty()) return fault;
    // Notes change their track only: no note is altered, lost or made.
    const auto before = notesById(score), now = notesById(after(score, result.edit));
    if (before.size() != now.size()) return "notes were lost or made";
    for (const auto& [id, was] : before)
        if (!(now.at(id).second == was.second)) return "a note was altered";
    return {};
}

#define VERIFY_MOVES(score, result)                                                                                    \
    do {                                                                                                               \
        const auto fault = faultOf(score, result);                                                                     \
        QVERIFY2(fault.empty(), fault.c_str());                                                                        \
    } while (false)

} // namespace

class TracksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void notesOnlyChangeTheirTrack() {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto score = randomScore(seed);
            IdMint mint(score);
            for (const auto& track : score.tracks) {
                VERIFY_MOVES(score, splitByPitch(score, track.id, 60, mint));
                VERIFY_MOVES(score, splitByVoice(score, track.id, 3, mint));
                VERIFY_MOVES(score, splitHands(score, track.id, mint));
                VERIFY_MOVES(score, splitByDrum(score, track.id, mint));
                VERIFY_MOVES(score, mergeTracks(score, track.id, {score.tracks[0].id, score.tracks[2].id}));
                VERIFY_MOVES(score, mergeTracks(score, track.id, {score.tracks[1].id}, {.keepControllers = true}));
            }
            VERIFY_MOVES(score, moveToNewTrack(score, someNotes(score, seed), mint));
            QVERIFY(splitByPitch(score, TrackId{9'999'999}, 60, mint).edit.isEmpty());
        }
    }

    void aSplitTrackStandsBehindItsOwnAndSoundsLikeIt() {
        const auto score = randomScore(4, {.lockedIn = 0});
        IdMint mint(score);
        const auto done = after(score, splitByPitch(score, score.tracks[1].id, 64, mint).edit);
        QCOMPARE(done.tracks.size(), std::size_t{4});
        const auto &upper = done.tracks[1], &lower = done.tracks[2];
        QCOMPARE(lower.channel, upper.channel);
        QVERIFY(lower.chunk != upper.chunk);
        QCOMPARE(lower.events.size(), upper.events.size());
        QCOMPARE(QString::fromStdString(lower.name), QString("Track 2 below E4"));
        for (const auto& note : upper.notes) QVERIFY(note.pitch >= 64);
        for (const auto& note : lower.notes) QVERIFY(note.pitch < 64);
    }

    void splitTracksMergedAgainAreTheOldOne() {
        for (std::uint64_t seed = 0; seed < 10; ++seed) {
            const auto score = randomScore(seed, {.lockedIn = 0});
            IdMint mint(score);
            for (const auto& edit :
                 {splitByVoice(score, score.tracks[0].id, 4, mint), splitByDrum(score, score.tracks[0].id, mint),
                  splitHands(score, score.tracks[0].id, mint)}) {
                auto done = after(score, edit.edit);
                std::vector<TrackId> made;
                for (const auto& track : done.tracks)
                    if (!findTrack(score, track.id)) made.push_back(track.id);
                QVERIFY(!made.empty());
                apply(mergeTracks(done, score.tracks[0].id, made).edit, done);
                QVERIFY(done == score);
            }
        }
    }

    void drumsAreNamed() {
        const auto score = oneTrack({{.onset = Tick{0}, .pitch = 36},
                                     {.onset = Tick{240}, .pitch = 42},
                                     {.onset = Tick{480}, .pitch = 36},
                                     {.onset = Tick{480}, .pitch = 42},
                                     {.onset = Tick{490}, .pitch = 42}},
                                    true);
        IdMint mint(score);
        const auto done = after(score, splitByDrum(score, score.tracks[0].id, mint).edit);
        QCOMPARE(done.tracks.size(), std::size_t{2});
        QCOMPARE(QString::fromStdString(done.tracks[1].name), QString("Bass drum 1"));
        QVERIFY(done.tracks[1].drums);
        QCOMPARE(done.tracks[0].notes.size(), std::size_t{3});
    }

    void aChoraleIsPartedIntoItsVoices() {
        // Four voices that move by steps; soprano and alto come close but keep their order.
        std::vector<Note> notes;
        std::map<NoteId, std::size_t> truth;
        base::Random random(2);
        std::array<int, 4> keys{74, 67, 59, 48};
        std::uint64_t id = 100;
        for (int step = 0; step < 64; ++step)
            for (std::size_t voice = 0; voice < 4; ++voice) {
                const int ceiling = voice == 0 ? 84 : keys[voice - 1] - 1;
                keys[voice] = std::clamp(keys[voice] + static_cast<int>(random.between(-2, 2)), 36, ceiling);
                notes.push_back({.id = NoteId{++id},
                                 .onset = Tick{step * 480},
                                 .length = Ticks{480},
                                 .pitch = static_cast<std::uint8_t>(keys[voice])});
                truth[notes.back().id] = voice;
            }
        std::sort(notes.begin(), notes.end(), NoteOrder{});
        const auto voices = dealtToVoices(notes, 4, Ticks{30});
        for (std::size_t i = 0; i < notes.size(); ++i) QCOMPARE(voices[i], truth[notes[i].id]);
    }

    void oneVoiceIsOneVoice() {
        std::vector<Note> notes;
        for (int i = 0; i < 50; ++i)
            notes.push_back({.id = NoteId{static_cast<std::uint64_t>(i) + 1},
                             .onset = Tick{i * 240},
                             .length = Ticks{240},
                             .pitch = static_cast<std::uint8_t>(40 + i * 7 % 40)});
        for (const auto voice : dealtToVoices(notes, 4, Ticks{30})) QCOMPARE(voice, std::size_t{0});
        QVERIFY(dealtToVoices({}, 4, Ticks{30}).empty());
    }

    void aPianoPartHasTwoHands() {
        std::vector<Note> notes;
        std::map<NoteId, bool> truth;
        std::uint64_t id = 100;
        const auto add = [&](std::int64_t onset, std::int64_t length, int key, bool right) {
            notes.push_back({.id = NoteId{++id},
                             .onset = Tick{onset},
                             .length = Ticks{length},
                             .pitch = static_cast<std::uint8_t>(key)});
            truth[notes.back().id] = right;
        };
        for (int beat = 0; beat < 64; ++beat) {
            const auto at = beat * 480;
            for (const int key : {43, 47, 50}) add(at, 480, key + beat % 5, false);                 // chords below
            for (int i = 0; i < 4; ++i) add(at + i * 120, 120, 67 + (beat * 3 + i * 2) % 11, true); // a tune above
        }
        std::sort(notes.begin(), notes.end(), NoteOrder{});
        const auto right = playedByRightHand(notes, Ticks{30});
        int wrong = 0;
        for (std::size_t i = 0; i < notes.size(); ++i) wrong += right[i] != truth[notes[i].id];
        QCOMPARE(wrong, 0);
        QVERIFY(playedByRightHand({}, Ticks{30}).empty());
    }

    void lockedNotesKeepTheirTrackAlive() {
        auto score = randomScore(1, {.lockedIn = 0});
        score.tracks[1].notes[3].marks = NoteMarks::Locked;
        const auto result = mergeTracks(score, score.tracks[0].id, {score.tracks[1].id, score.tracks[2].id});
        QCOMPARE(result.locked, std::size_t{1});
        const auto done = after(score, result.edit);
        QCOMPARE(done.tracks.size(), std::size_t{2});
        QCOMPARE(done.tracks[1].notes.size(), std::size_t{1});
    }

    void aCloneIsTheSameMusicWithIdsOfItsOwn() {
        const auto score = randomScore(6);
        IdMint mint(score);
        const auto result = cloneTrack(score, score.tracks[1].id, mint);
        const auto fault = brokenLaw(score, {}, result, {.touchesOthers = true});
        QVERIFY2(fault.empty(), fault.c_str());
        auto clone = after(score, result.edit).tracks[2];
        QCOMPARE(clone.notes.size(), score.tracks[1].notes.size());
        for (std::size_t i = 0; i < clone.notes.size(); ++i) {
            QVERIFY(clone.notes[i].id != score.tracks[1].notes[i].id);
            clone.notes[i].id = score.tracks[1].notes[i].id;
            QVERIFY(clone.notes[i] == score.tracks[1].notes[i]);
        }
    }
};

QTEST_APPLESS_MAIN(TracksTest)
#include "tracks_test.moc"
