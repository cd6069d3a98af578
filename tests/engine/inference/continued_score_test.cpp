#include "engine/inference/continued_score.h"

#include "engine/corpus/dataset.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"

#include <QTest>

using namespace continuo;
using namespace continuo::inference;

namespace {

score::Note note(std::int64_t onset, std::int64_t length, std::uint8_t pitch) {
    return {.onset = score::Tick{onset}, .length = score::Ticks{length}, .pitch = pitch};
}

/// Two bars of 4/4 at 960 ticks a quarter, then a bar of 3/4, with a tempo and a controller in each.
score::Score piece() {
    score::Score score;
    score::IdMint mint;
    for (const std::int64_t at : {0, 3840, 7680}) {
        score.tempos.push_back({.id = mint.event(),
                                .at = score::Tick{at},
                                .microsecondsPerQuarter = static_cast<std::uint32_t>(400'000 + at)});
    }
    score.meters.push_back({.id = mint.event(), .at = score::Tick{0}});
    score.meters.push_back({.id = mint.event(), .at = score::Tick{7680}, .numerator = 3});
    score::Track track;
    track.id = mint.track();
    track.chunk = 1;
    track.events.push_back(
        {.id = mint.event(), .at = score::Tick{0}, .kind = score::ChannelEventKind::Program, .first = 19});
    track.events.push_back({.id = mint.event(),
                            .at = score::Tick{3840},
                            .kind = score::ChannelEventKind::Controller,
                            .first = 7,
                            .second = 90});
    track.events.push_back({.id = mint.event(),
                            .at = score::Tick{7680},
                            .kind = score::ChannelEventKind::Controller,
                            .first = 7,
                            .second = 100});
    track.notes = {note(0, 3840, 60), note(3840, 4800, 62), note(7680, 2880, 64)};
    for (auto& each : track.notes) each.id = mint.note();
    score.tracks.push_back(track);
    score.end = score::Tick{10'560};
    return score;
}

Continuation oneBar(const score::Score& prompt, score::Tick from) {
    Continuation made;
    made.range = {from, from + score::Ticks{3840}};
    made.notes.push_back({prompt.tracks[0].id, note(from.fromStart + 960, 480, 72)});
    return made;
}

} // namespace

class ContinuedScoreTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thePromptEndsAtItsBarOrAtTheBarBehindTheLastNote() {
        QCOMPARE(promptEnd(piece(), 2).fromStart, 7680);
        QCOMPARE(promptEnd(piece(), {}).fromStart, 10'560);
        QCOMPARE(promptEnd(piece(), 100).fromStart, 10'560);
        QCOMPARE(promptEnd(score::Score{}, {}).fromStart, 0);
        auto hanging = piece();
        hanging.tracks[0].notes[2].length = score::Ticks{2880 + 60};
        QCOMPARE(promptEnd(hanging, {}).fromStart, 10'560);
        hanging.tracks[0].notes[2].length = score::Ticks{2880 + 100};
        QCOMPARE(promptEnd(hanging, {}).fromStart, 13'440);
    }

    void thePromptKeepsWhatStartsBeforeAndNothingElse() {
        const auto prompt = promptOf(piece(), score::Tick{7680});
        QCOMPARE(prompt.tracks[0].notes.size(), std::size_t{2});
        QCOMPARE(prompt.tracks[0].notes[1].end().fromStart, 8640);
        QCOMPARE(prompt.tracks[0].events.size(), std::size_t{2});
        QCOMPARE(prompt.tempos.size(), std::size_t{2});
        QCOMPARE(prompt.meters.size(), std::size_t{1});
        QCOMPARE(prompt.end.fromStart, 7680);
    }

    void aPromptKeepsTheBytesOfItsFile() {
        const auto bytes = midi::write(piece());
        const auto read = midi::read(bytes);
        QVERIFY(read);
        QVERIFY(promptOf(read->score, score::Tick{10'560}).source);
        const auto cut = promptOf(read->score, score::Tick{7680});
        QVERIFY(cut.source == read->score.source); // what the score does not show is written from it
        QCOMPARE(cut.sourceEnd.fromStart, 7680);
        QCOMPARE(midi::read(midi::write(cut))->score.end, score::lastTick(cut)); // of a note that rings over the cut
    }

    void theWholeEndsWithItsLastBarAlsoInTheFile() {
        const auto prompt = promptOf(piece(), score::Tick{7680});
        const auto whole = withNewBars(prompt, oneBar(prompt, score::Tick{7680}));
        const auto read = midi::read(midi::write(whole));
        QVERIFY(read);
        QCOMPARE(read->score.end.fromStart, 11'520);
        QCOMPARE(score::noteCount(read->score), std::size_t{3});
        QCOMPARE(read->score.tempos.size(), std::size_t{2});
    }

    void theNewBarsAloneStartAtZeroAsTheyWouldSound() {
        const auto prompt = promptOf(piece(), score::Tick{7680});
        const auto alone = newBarsOnly(prompt, oneBar(prompt, score::Tick{7680}));
        QCOMPARE(alone.end.fromStart, 3840);
        QCOMPARE(alone.tracks[0].notes.size(), std::size_t{1});
        QCOMPARE(alone.tracks[0].notes[0].onset.fromStart, 960);
        QCOMPARE(alone.tempos.size(), std::size_t{1});
        QCOMPARE(alone.tempos[0].microsecondsPerQuarter, 403'840U);
        QCOMPARE(alone.meterMap().numeratorAt(score::Tick{0}), 4);
        QCOMPARE(score::programAt(alone.tracks[0], score::Tick{0}), 19);
        QCOMPARE(int{alone.tracks[0].events.back().second}, 90);
    }

    void newTracksGetIdsOfTheirOwn() {
        auto made = oneBar(piece(), score::Tick{10'560});
        score::Track track;
        track.id = score::TrackId{1};
        track.chunk = 2;
        track.events.push_back(
            {.id = score::EventId{1}, .at = score::Tick{0}, .kind = score::ChannelEventKind::Program, .first = 40});
        made.newTracks.push_back(track);
        made.notes = {{score::TrackId{1}, note(10'560, 480, 72)}};
        const auto whole = withNewBars(piece(), made);
        QCOMPARE(whole.tracks.size(), std::size_t{2});
        QVERIFY(whole.tracks[1].id != whole.tracks[0].id);
        QCOMPARE(whole.tracks[1].notes.size(), std::size_t{1});
        QCOMPARE(whole.tracks[0].notes.size(), std::size_t{3});
    }
};

QTEST_APPLESS_MAIN(ContinuedScoreTest)
#include "continued_score_test.moc"
