#include "engine/base/random.h"
#include "engine/score/score_edit.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;

namespace {

Score someScore(base::Random& random, int tracks, int notes) {
    Score score;
    IdMint mint;
    for (int t = 0; t < tracks; ++t) {
        Track track;
        track.id = mint.track();
        for (int n = 0; n < notes; ++n)
            track.notes.push_back({.id = mint.note(),
                                   .onset = Tick{random.between(0, 5000)},
                                   .length = Ticks{random.between(0, 900)},
                                   .pitch = static_cast<std::uint8_t>(random.below(128))});
        std::sort(track.notes.begin(), track.notes.end(), NoteOrder{});
        score.tracks.push_back(track);
    }
    return score;
}

/// Removes some notes and adds others, in one track.
TrackContentEdit someContentEdit(const Track& track, IdMint& mint, base::Random& random, std::size_t size) {
    TrackContentEdit edit{.track = track.id, .notes = {}, .events = {}};
    for (const auto& note : track.notes)
        if (edit.notes.removed.size() < size && random.below(2) == 0) edit.notes.removed.push_back(note);
    for (std::size_t i = 0; i < size; ++i) {
        edit.notes.added.push_back({.id = mint.note(), .onset = Tick{random.between(0, 6000)}, .pitch = 64});
        edit.events.added.push_back({.id = mint.event(), .at = Tick{random.between(0, 6000)}});
    }
    return edit;
}

} // namespace

class ScoreEditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anEditAndItsInverseAreTheIdentity_data() {
        QTest::addColumn<int>("size");
        QTest::newRow("few") << 3;
        QTest::newRow("many") << 300;
    }

    void anEditAndItsInverseAreTheIdentity() {
        QFETCH(int, size);
        base::Random random(7);
        auto score = someScore(random, 3, 500);
        IdMint mint(score);
        std::vector<ScoreEdit> done;
        std::vector<Score> states{score};
        for (int step = 0; step < 40; ++step) {
            ScoreEdit edit;
            edit.contents.push_back(
                someContentEdit(score.tracks[random.below(3)], mint, random, static_cast<std::size_t>(size)));
            edit.tempos.added.push_back({.id = mint.event(), .at = Tick{step * 10}, .microsecondsPerQuarter = 400'000});
            auto header = score.tracks[1].header();
            header.name += "x";
            edit.headers.push_back({score.tracks[1].header(), header});
            apply(edit, score);
            done.push_back(edit);
            states.push_back(score);
        }

        for (auto step = done.size(); step-- > 0;) {
            apply(inverse(done[step]), score);
            QVERIFY(score == states[step]);
        }
        for (std::size_t step = 0; step < done.size(); ++step) apply(inverse(inverse(done[step])), score);
        QVERIFY(score == states.back());
    }

    void manyAtOnceIsTheSameAsOneByOne() {
        base::Random random(21);
        for (int round = 0; round < 60; ++round) {
            auto score = someScore(random, 1, static_cast<int>(random.between(0, 400)));
            auto plain = score;
            IdMint mint(score);
            const auto edit =
                someContentEdit(score.tracks[0], mint, random, static_cast<std::size_t>(random.between(17, 200)));
            apply({.lists = {}, .headers = {}, .contents = {edit}, .tempos = {}, .meters = {}, .keys = {}, .end = {}},
                  score);
            for (const auto& note : edit.notes.removed) std::erase(plain.tracks[0].notes, note);
            plain.tracks[0].notes.insert(plain.tracks[0].notes.end(), edit.notes.added.begin(), edit.notes.added.end());
            std::sort(plain.tracks[0].notes.begin(), plain.tracks[0].notes.end(), NoteOrder{});
            QVERIFY(score.tracks[0].notes == plain.tracks[0].notes);
        }
    }

    void tracksEnterAndLeaveAtTheirPlace() {
        base::Random random(3);
        const auto before = someScore(random, 3, 10);
        ScoreEdit edit;
        edit.lists.push_back({0, before.tracks[0], /*enters=*/false});
        edit.lists.push_back({1, before.tracks[2], /*enters=*/false});

        auto score = before;
        apply(edit, score);
        QCOMPARE(score.tracks.size(), std::size_t{1});
        QVERIFY(score.tracks[0] == before.tracks[1]);
        apply(inverse(edit), score);
        QVERIFY(score == before);
    }

    void notesStayInOrder() {
        base::Random random(9);
        auto score = someScore(random, 1, 200);
        IdMint mint(score);
        for (const std::size_t size : {1, 5, 200}) {
            ScoreEdit edit;
            edit.contents.push_back(someContentEdit(score.tracks[0], mint, random, size));
            apply(edit, score);
            QVERIFY(std::is_sorted(score.tracks[0].notes.begin(), score.tracks[0].notes.end(), NoteOrder{}));
        }
    }

    void touchedRangeCoversWhatLeftAndWhatCame() {
        ScoreEdit edit;
        QVERIFY(touchedRange(edit).isEmpty());
        TrackContentEdit content;
        content.notes.removed.push_back({.onset = Tick{100}, .length = Ticks{50}});
        content.notes.added.push_back({.onset = Tick{700}, .length = Ticks{0}});
        edit.contents.push_back(content);
        QCOMPARE(touchedRange(edit).start.fromStart, 100);
        QCOMPARE(touchedRange(edit).end.fromStart, 701);
    }
};

QTEST_APPLESS_MAIN(ScoreEditTest)
#include "score_edit_test.moc"
