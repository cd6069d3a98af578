#include "engine/score/operations/excerpt.h"

#include "engine/score/operations/move_to_track.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Score withProgramsAndPedal() {
    auto score = oneTrack({{.onset = Tick{3840 + 70}, .length = Ticks{200}, .pitch = 61},
                           {.onset = Tick{3840 + 960}, .length = Ticks{100}, .pitch = 64}});
    score.tracks[0].events = {{EventId{700}, Tick{0}, ChannelEventKind::Program, 5, 0},
                              {EventId{701}, Tick{10}, ChannelEventKind::Controller, 7, 90},
                              {EventId{702}, Tick{20}, ChannelEventKind::Controller, 7, 91},
                              {EventId{703}, Tick{4000}, ChannelEventKind::Controller, 64, 127},
                              {EventId{704}, Tick{9000}, ChannelEventKind::Controller, 64, 0}};
    score.tempos = {{EventId{710}, 0, Tick{0}, 600'000}, {EventId{711}, 0, Tick{4500}, 400'000}};
    score.meters = {{EventId{720}, 0, Tick{0}, 3}};
    return score;
}

} // namespace

class ExcerptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anExcerptStartsAtTheBeatWithWhatHoldsThere() {
        const auto score = withProgramsAndPedal();
        const auto piece = excerpt(score, allNotes(score));
        QCOMPARE(piece.tracks.size(), std::size_t{1});
        QCOMPARE(piece.tracks[0].notes[0].onset.fromStart, 70);
        QCOMPARE(piece.tracks[0].notes[1].onset.fromStart, 960);
        const auto& events = piece.tracks[0].events;
        QCOMPARE(events.size(), std::size_t{3}); // program, the later volume, the pedal; not what comes after the end
        QCOMPARE(int{events[0].first}, 5);
        QCOMPARE(int{events[1].second}, 91);
        QCOMPARE(events[2].at.fromStart, 4000 - 3840);
        QCOMPARE(piece.tempos.size(), std::size_t{2});
        QCOMPARE(piece.tempos[0].microsecondsPerQuarter, 600'000u);
        QCOMPARE(piece.tempos[1].at.fromStart, 4500 - 3840);
        QCOMPARE(int{piece.meters[0].numerator}, 3);
    }

    void anExcerptHasJustTheNotesAskedFor() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed);
            const auto ids = someNotes(score, seed, 3);
            const auto piece = excerpt(score, ids);
            QCOMPARE(noteCount(piece), ids.size());
            const auto before = notesById(score), now = notesById(piece);
            const auto shift = before.at(ids[0]).second.onset - now.at(ids[0]).second.onset;
            for (const auto& [id, note] : now) {
                auto back = note.second;
                back.onset = back.onset + shift;
                QVERIFY(back == before.at(id).second);
            }
        }
        QVERIFY(excerpt(randomScore(1), {}).tracks.empty());
    }

    void aClipOfAPieceBeginsAtABarLine() {
        const auto score = oneTrack({{.onset = Tick{3840 + 2 * 960 + 5}, .length = Ticks{100}}});
        const auto clip = clipOf(score);
        QCOMPARE(clip.offset.count, 2 * 960 + 5);
        QCOMPARE(clip.parts[0].notes[0].onset.fromStart, 2 * 960 + 5);
    }

    void aClipInAnotherDivisionSoundsTheSame() {
        const auto clip = copyClip(withProgramsAndPedal(), allNotes(withProgramsAndPedal()), {.withControllers = true});
        const auto half = scaledTo(clip, {480});
        QCOMPARE(half.parts[0].notes[1].onset.fromStart, 480);
        QCOMPARE(half.parts[0].notes[1].length.count, 50);
        QCOMPARE(half.length.count * 2, clip.length.count);
        QVERIFY(scaledTo(clip, clip.division) == clip);
    }

    void anotherPiecesTracksComeWholeAndInTheirTimes() {
        const auto score = randomScore(1);
        auto other = randomScore(2);
        other.division.ticksPerQuarter = 480;
        IdMint mint(score);
        const auto edit = addTracksOf(score, other, Tick{100}, mint);
        const auto now = after(score, edit);
        QCOMPARE(now.tracks.size(), score.tracks.size() + other.tracks.size());
        for (std::size_t t = 0; t < other.tracks.size(); ++t) {
            const auto& came = now.tracks[score.tracks.size() + t];
            QCOMPARE(came.name, other.tracks[t].name);
            QCOMPARE(came.notes.size(), other.tracks[t].notes.size());
            QCOMPARE(came.events.size(), other.tracks[t].events.size());
            QCOMPARE(came.notes[3].onset.fromStart, 100 + 2 * other.tracks[t].notes[3].onset.fromStart);
        }
        QVERIFY(boundsFault(now).empty());
        QVERIFY(after(now, inverse(edit)) == score);
        QVERIFY(addTracksOf(score, Score{}, Tick{0}, mint).isEmpty());
    }

    void notesGoOverToAnotherTrackWithTheirIds() {
        VERIFY_LAWS(
            [](const Score& score, NoteIds ids, IdMint&) {
                return moveToTrack(score, ids, score.tracks.empty() ? TrackId{} : score.tracks[1].id);
            },
            {.movesBetweenTracks = true});
        const auto score = randomScore(4, {.lockedIn = 0});
        const auto ids = allNotes(score.tracks[0]);
        const auto now = after(score, moveToTrack(score, ids, score.tracks[2].id).edit);
        QVERIFY(now.tracks[0].notes.empty());
        QCOMPARE(now.tracks[2].notes.size(), score.tracks[2].notes.size() + ids.size());
        QVERIFY(moveToTrack(score, ids, TrackId{99'999}).edit.isEmpty());
    }
};

QTEST_APPLESS_MAIN(ExcerptTest)
#include "excerpt_test.moc"
