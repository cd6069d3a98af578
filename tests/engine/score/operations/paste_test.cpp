#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/paste.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

using Where = PasteSettings::Where;

Score twoNotes() {
    return oneTrack({{.onset = Tick{960 + 70}, .length = Ticks{200}, .pitch = 61},
                     {.onset = Tick{960 + 500}, .length = Ticks{100}, .pitch = 64, .velocity = 33}});
}

std::vector<std::int64_t> onsetsOf(const Score& score, const std::vector<NoteId>& ids) {
    std::vector<std::int64_t> onsets;
    for (const auto id : ids) onsets.push_back(noteOf(score, id).onset.fromStart);
    return onsets;
}

} // namespace

class PasteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const auto score = randomScore(seed);
            auto source = randomScore(seed + 100);
            source.division.ticksPerQuarter = seed % 2 == 0 ? 960 : 120;
            const auto clip = copyClip(source, someNotes(source, seed, 4), {.withControllers = seed % 3 == 0});
            for (const auto where : {Where::Track, Where::SameTracks, Where::NewTracks})
                for (const bool replace : {false, true}) {
                    IdMint mint(score);
                    const PasteSettings settings{.where = where,
                                                 .track = score.tracks[1].id,
                                                 .keepOffset = replace,
                                                 .replaceRange = replace,
                                                 .semitones = 30,
                                                 .fitToScale = Scale{3},
                                                 .fitToChord = std::vector{0, 4}};
                    const auto pasted = paste(score, clip, Tick{static_cast<std::int64_t>(seed) * 311}, settings, mint);
                    const auto fault =
                        brokenLaw(score, {}, pasted.result, {.removesNotes = replace, .touchesOthers = true});
                    QVERIFY2(fault.empty(), fault.c_str());
                    QCOMPARE(pasted.notes.size(), clip.noteCount());
                    if (!replace)
                        for (const auto& [id, was] : notesById(score))
                            QVERIFY(noteOf(after(score, pasted.result.edit), id) == was.second);
                }
            for (const auto what : {PasteOnly::Pitches, PasteOnly::Rhythm, PasteOnly::Velocities}) {
                const auto ids = someNotes(score, seed);
                const auto fault = brokenLaw(score, ids, pasteOnly(score, ids, clip, what));
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
    }

    void theOffsetFromTheBeatIsKept() {
        const auto score = twoNotes();
        const auto clip = copyClip(score, allNotes(score));
        QCOMPARE(clip.offset.count, 70);
        QCOMPARE(clip.length.count, 3840);
        IdMint mint(score);
        const auto pasted = paste(score, clip, Tick{7680}, {.track = score.tracks[0].id}, mint);
        QCOMPARE(onsetsOf(after(score, pasted.result.edit), pasted.notes),
                 (std::vector<std::int64_t>{7680 + 70, 7680 + 500}));
        QCOMPARE(pasted.end.fromStart, 7680 + 3840);
        const auto exact = paste(score, clip, Tick{7680}, {.track = score.tracks[0].id, .keepOffset = false}, mint);
        QCOMPARE(onsetsOf(after(score, exact.result.edit), exact.notes), (std::vector<std::int64_t>{7680, 7680 + 430}));
    }

    void anotherDivisionKeepsTheRhythm() {
        const auto score = twoNotes();
        auto coarse = oneTrack({});
        coarse.division.ticksPerQuarter = 96;
        IdMint mint(coarse);
        const auto pasted =
            paste(coarse, copyClip(score, allNotes(score)), Tick{384}, {.track = coarse.tracks[0].id}, mint);
        QCOMPARE(onsetsOf(after(coarse, pasted.result.edit), pasted.notes), (std::vector<std::int64_t>{391, 434}));
        QCOMPARE(pasted.end.fromStart, 768);
    }

    void aReplacedSpanHasOnlyWhatWasPastedAndWhatIsLocked() {
        auto score = oneTrack({{.onset = Tick{0}},
                               {.onset = Tick{4000}},
                               {.onset = Tick{5000}, .marks = NoteMarks::Locked},
                               {.onset = Tick{9000}}});
        const auto clip = copyClip(twoNotes(), allNotes(twoNotes()));
        IdMint mint(score);
        const auto pasted = paste(score, clip, Tick{3840}, {.track = score.tracks[0].id, .replaceRange = true}, mint);
        const auto done = after(score, pasted.result.edit);
        QCOMPARE(pasted.result.locked, std::size_t{1});
        QCOMPARE(done.tracks[0].notes.size(), std::size_t{5});
        QCOMPARE(onsetsOf(done, allNotes(done)), (std::vector<std::int64_t>{0, 3910, 4340, 5000, 9000}));
    }

    void severalTracksGoWhereTheyAreTold() {
        const auto score = randomScore(1, {.lockedIn = 0});
        const auto clip = copyClip(score, allNotes(score));
        IdMint mint(score);
        const auto same =
            after(score, paste(score, clip, Tick{30'000}, {.where = Where::SameTracks}, mint).result.edit);
        for (std::size_t i = 0; i < 3; ++i) QCOMPARE(same.tracks[i].notes.size(), score.tracks[i].notes.size() * 2);
        const auto made = after(score, paste(score, clip, Tick{30'000}, {.where = Where::NewTracks}, mint).result.edit);
        QCOMPARE(made.tracks.size(), std::size_t{6});
        QVERIFY(made.tracks[5].drums && made.tracks[3].name == "Track 1");
        const auto one =
            after(score, paste(score, clip, Tick{30'000}, {.track = score.tracks[0].id}, mint).result.edit);
        QCOMPARE(one.tracks[0].notes.size(), score.tracks[0].notes.size() + clip.noteCount());
        QVERIFY(paste(score, clip, Tick{0}, {.track = TrackId{77'777}}, mint).result.edit.isEmpty());
    }

    void pastedNotesFitTheScale() {
        const auto score = twoNotes();
        IdMint mint(score);
        const auto pasted = paste(score, copyClip(score, allNotes(score)), Tick{7680},
                                  {.track = score.tracks[0].id, .fitToScale = Scale{}}, mint);
        const auto done = after(score, pasted.result.edit);
        QCOMPARE(int{noteOf(done, pasted.notes[0]).pitch}, 60);
        QCOMPARE(int{noteOf(done, pasted.notes[1]).pitch}, 64);
    }

    void oneSideOfAClipIsGiven() {
        const auto clip = copyClip(twoNotes(), allNotes(twoNotes()));
        const auto score = oneTrack({{.onset = Tick{3900}, .pitch = 40},
                                     {.onset = Tick{4000}, .pitch = 41},
                                     {.onset = Tick{9000}, .pitch = 42}});
        const auto ids = allNotes(score);
        const auto pitches = after(score, pasteOnly(score, ids, clip, PasteOnly::Pitches).edit).tracks[0].notes;
        QCOMPARE(int{pitches[0].pitch}, 61);
        QCOMPARE(int{pitches[1].pitch}, 64);
        QCOMPARE(int{pitches[2].pitch}, 61);
        QCOMPARE(pitches[2].onset.fromStart, 9000);
        const auto rhythm = after(score, pasteOnly(score, ids, clip, PasteOnly::Rhythm).edit);
        QCOMPARE(onsetsOf(rhythm, ids), (std::vector<std::int64_t>{3840 + 70, 3840 + 500, 7680 + 70}));
        QCOMPARE(int{noteOf(rhythm, ids[2]).pitch}, 42);
        const auto loud = after(score, pasteOnly(score, ids, clip, PasteOnly::Velocities).edit);
        QCOMPARE(int{noteOf(loud, ids[1]).velocity}, 33);
    }

    void controllersComeAlongWhenAsked() {
        auto score = twoNotes();
        score.tracks[0].events = {{EventId{700}, Tick{1000}, ChannelEventKind::Controller, 1, 5},
                                  {EventId{701}, Tick{1100}, ChannelEventKind::Controller, 1, 9},
                                  {EventId{702}, Tick{1200}, ChannelEventKind::Program, 9, 0}};
        QVERIFY(copyClip(score, allNotes(score)).parts[0].events.empty());
        const auto clip = copyClip(score, allNotes(score), {.withControllers = true});
        QCOMPARE(clip.parts[0].events.size(), std::size_t{1});
        IdMint mint(score);
        const auto done = after(score, paste(score, clip, Tick{7680}, {.track = score.tracks[0].id}, mint).result.edit);
        QCOMPARE(done.tracks[0].events.back().at.fromStart, 7680 + 140);
    }

    void nothingCopiedNothingPasted() {
        const auto score = twoNotes();
        IdMint mint(score);
        QVERIFY(copyClip(score, {}).isEmpty());
        QVERIFY(paste(score, {}, Tick{0}, {.track = score.tracks[0].id}, mint).result.edit.isEmpty());
        QVERIFY(pasteOnly(score, allNotes(score), {}, PasteOnly::Rhythm).edit.isEmpty());
    }
};

QTEST_APPLESS_MAIN(PasteTest)
#include "paste_test.moc"
