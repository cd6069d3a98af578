#include "engine/score/operations/prompt.h"

#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

class PromptTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNetHearsTheOtherMusicInTheTracksOfThePiece() {
        auto piece = randomScore(1);
        for (std::size_t i = 0; i < 2; ++i)
            piece.tracks[i].events = {{EventId{900 + i}, Tick{0}, ChannelEventKind::Program, std::uint8_t(40 + i), 0}};
        auto prompt = oneTrack({{.onset = Tick{3840 + 960}, .length = Ticks{480}, .pitch = 77}});
        prompt.division.ticksPerQuarter = 480;
        prompt.tracks[0].events = {{EventId{990}, Tick{0}, ChannelEventKind::Program, 41, 0}};

        const auto heard = promptIn(piece, prompt, Tick{8000});

        QCOMPARE(heard.tracks.size(), piece.tracks.size());
        for (std::size_t i = 0; i < heard.tracks.size(); ++i) QCOMPARE(heard.tracks[i].id, piece.tracks[i].id);
        QCOMPARE(noteCount(heard), std::size_t{1});
        QCOMPARE(int{heard.tracks[1].notes[0].pitch}, 77); // the track with its program
        QCOMPARE(heard.tempos.size(), std::size_t{1});
        QCOMPARE(heard.tempos[0].microsecondsPerQuarter, 350'000u); // what holds at tick 8000
        QCOMPARE(int{heard.meters[0].numerator}, 3);
        QVERIFY(boundsFault(heard).empty());
    }

    void whatThePieceHasNoTrackForIsLeftOut() {
        const auto piece = oneTrack({});
        const auto drums = oneTrack({{.onset = Tick{0}, .pitch = 36}}, /*drums=*/true);
        QCOMPARE(noteCount(promptIn(piece, drums, Tick{0})), std::size_t{0});
        QCOMPARE(noteCount(promptIn(piece, oneTrack({{.onset = Tick{0}}}), Tick{0})), std::size_t{1});
        QVERIFY(promptIn(Score{}, drums, Tick{0}).tracks.empty());
    }
};

QTEST_APPLESS_MAIN(PromptTest)
#include "prompt_test.moc"
