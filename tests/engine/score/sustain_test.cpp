#include "engine/score/sustain.h"

#include <QTest>

using namespace continuo::score;

namespace {

Note note(std::int64_t onset, std::int64_t length, int pitch) {
    Note made;
    made.onset = Tick{onset};
    made.length = Ticks{length};
    made.pitch = static_cast<std::uint8_t>(pitch);
    return made;
}

ChannelEvent pedal(std::int64_t at, int value) {
    static std::uint32_t next = 1;
    return {EventId{next++}, Tick{at}, ChannelEventKind::Controller, 64, static_cast<std::uint8_t>(value)};
}

Score pieceOf(std::vector<Note> notes, std::vector<ChannelEvent> events) {
    Score score;
    score.tracks.emplace_back();
    score.tracks[0].notes = std::move(notes);
    score.tracks[0].events = std::move(events);
    score.end = Tick{4000};
    return score;
}

std::vector<std::int64_t> endsOf(const Score& score) {
    std::vector<std::int64_t> ends;
    for (const auto& track : score.tracks)
        for (const auto& each : track.notes) ends.push_back(each.end().fromStart);
    return ends;
}

} // namespace

class SustainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNoteLastsUntilThePedalIsLiftedOrItsKeyIsStruckAgain() {
        const auto piece = pieceOf({note(0, 100, 60), note(0, 900, 64), note(50, 100, 67), note(400, 100, 60)},
                                   {pedal(80, 127), pedal(600, 100), pedal(800, 30)});
        QCOMPARE(endsOf(withPedalledLengths(piece)), (std::vector<std::int64_t>{400, 900, 800, 800}));
    }

    void beforeThePedalAndUnderAHalfPressedOneNothingChanges() {
        const auto before = pieceOf({note(0, 100, 60)}, {pedal(101, 127)});
        QCOMPARE(withPedalledLengths(before), before);
        const auto light = pieceOf({note(0, 100, 60)}, {pedal(0, 63)});
        QCOMPARE(withPedalledLengths(light), light);
        QVERIFY(!hasPedal(light) && hasPedal(before));
    }

    void aPedalThatIsNeverLiftedHoldsToTheEnd() {
        QCOMPARE(endsOf(withPedalledLengths(pieceOf({note(0, 100, 60)}, {pedal(0, 64)}))),
                 (std::vector<std::int64_t>{4000}));
    }

    void thePedalOfAChannelHoldsItInEveryTrackAndNoOther() {
        auto piece = pieceOf({note(0, 100, 60)}, {pedal(0, 127), pedal(500, 0)});
        piece.tracks.resize(4);
        for (std::size_t t = 1; t < 4; ++t) piece.tracks[t].notes = {note(0, 100, 50)};
        piece.tracks[2].channel = 3;
        piece.tracks[3].drums = true;
        QCOMPARE(endsOf(withPedalledLengths(piece)), (std::vector<std::int64_t>{500, 500, 100, 100}));
    }

    void doingItTwiceChangesNothing() {
        const auto once = withPedalledLengths(pieceOf({note(0, 100, 60), note(50, 100, 67), note(400, 100, 60)},
                                                      {pedal(80, 127), pedal(450, 0), pedal(480, 127)}));
        QCOMPARE(withPedalledLengths(once), once);
    }
};

QTEST_APPLESS_MAIN(SustainTest)
#include "sustain_test.moc"
