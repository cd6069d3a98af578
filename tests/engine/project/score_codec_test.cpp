#include "engine/project/score_codec.h"

#include "engine/project/score_check.h"
#include "engine/score/note_operations.h"
#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::project;

namespace {

/// An edit of every kind of part: notes and events of one track, a header, a track more, tempo, meter, key and end.
score::ScoreEdit richEdit(const score::Score& score) {
    score::IdMint mint(score);
    score::ScoreEdit edit;
    const auto& first = score.tracks[0];
    auto moved = first.notes[3];
    moved.onset = moved.onset + score::Ticks{5};
    edit.contents.push_back({first.id, {{first.notes[3]}, {moved}}, {{first.events[0]}, {}}});
    auto header = score.tracks[1].header();
    header.name = "Ünder another name";
    edit.headers.push_back({score.tracks[1].header(), header});
    score::Track track;
    track.id = mint.track();
    track.notes = {{.id = mint.note(), .onset = score::Tick{7}}};
    edit.lists.push_back({1, track, true});
    edit.tempos = {{score.tempos[0]}, {{.id = mint.event(), .at = score::Tick{3}, .microsecondsPerQuarter = 1}}};
    edit.meters.added = {{.id = mint.event(), .at = score::Tick{9}, .numerator = 5}};
    edit.keys.removed = {score.keys[0]};
    edit.end = std::pair{score.end, score::Tick{99'999}};
    return edit;
}

} // namespace

class ScoreCodecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodingTakesEncodingBack() {
        for (std::uint64_t seed = 0; seed < 300; ++seed) {
            const auto score = score::laws::randomScore(seed);
            const auto decoded = decodeScore(encodeScore(score));
            QVERIFY2(decoded, decoded ? "" : decoded.error().message.c_str());
            QVERIFY(*decoded == score);
        }
    }

    void editsComeBackAndDoTheSame() {
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const auto score = score::laws::randomScore(seed);
            const auto edit = richEdit(score);
            const auto decoded = decodeEdit(encodeEdit(edit));
            QVERIFY(decoded);
            QVERIFY(*decoded == edit);
            auto expected = score, checked = score;
            score::apply(edit, expected);
            QVERIFY(applyChecked(*decoded, checked));
            QVERIFY(checked == expected);
            QVERIFY(checkScore(checked));
        }
    }

    void extremesSurvive() {
        score::Score score;
        score::Track track;
        track.id = score::TrackId{UINT64_MAX};
        track.notes = {{.id = score::NoteId{UINT64_MAX - 1},
                        .onset = score::Tick{std::int64_t{1} << 48},
                        .length = score::Ticks{0},
                        .pitch = 127,
                        .velocity = 127,
                        .release = 0,
                        .playedOffset = INT16_MIN,
                        .playedLength = INT16_MAX}};
        score.tracks = {track};
        score.sourceEnd = score::Tick{INT64_MIN};
        const auto decoded = decodeScore(encodeScore(score));
        QVERIFY(decoded);
        QVERIFY(*decoded == score);
    }

    void everyCutIsRefused() {
        const auto bytes = encodeScore(score::laws::randomScore(1, {.tracks = 2, .notes = 12}));
        for (std::size_t size = 0; size < bytes.size(); ++size)
            QVERIFY2(!decodeScore(base::ByteSpan(bytes).first(size)), std::to_string(size).c_str());
    }

    void countsLargerThanTheFileSizeNothing() {
        base::Bytes bytes{std::byte{1}, std::byte{2}, std::byte{0x80}, std::byte{0x0f}, std::byte{0}, std::byte{0}};
        for (int i = 0; i < 8; ++i) bytes.push_back(std::byte{0xff}); // a list of about 2^56 tracks
        bytes.push_back(std::byte{0x01});
        QVERIFY(!decodeScore(bytes));
    }

    void aNewerScoreIsRefusedAsNewer() {
        auto bytes = encodeScore(score::laws::randomScore(1));
        bytes[0] = std::byte{100};
        const auto decoded = decodeScore(bytes);
        QVERIFY(!decoded);
        QCOMPARE(decoded.error().code, base::ErrorCode::Unsupported);
    }

    void eachBrokenRuleIsFound_data() {
        QTest::addColumn<int>("fault");
        for (int i = 0; i < 14; ++i) QTest::newRow(std::to_string(i).c_str()) << i;
    }
    void eachBrokenRuleIsFound() {
        QFETCH(int, fault);
        auto score = score::laws::randomScore(3);
        QVERIFY(checkScore(score));
        auto& track = score.tracks[0];
        switch (fault) {
        case 0:
            track.notes[5].pitch = 128;
            break;
        case 1:
            track.notes[5].velocity = 0;
            break;
        case 2:
            track.notes[5].length = score::Ticks{-1};
            break;
        case 3:
            track.notes[0].onset = score::Tick{-1};
            break;
        case 4:
            std::swap(track.notes[0], track.notes[9]);
            break;
        case 5:
            track.notes[5].id = track.notes[6].id;
            break;
        case 6:
            track.notes[5].id = {};
            break;
        case 7:
            track.channel = 16;
            break;
        case 8:
            track.events[0].second = 200;
            break;
        case 9:
            score.tempos[0].microsecondsPerQuarter = 0;
            break;
        case 10:
            score.meters[0].numerator = 0;
            break;
        case 11:
            score.keys[0].sharps = 8;
            break;
        case 12:
            score.division.ticksPerQuarter = 0;
            break;
        case 13:
            score.tracks[1].id = score.tracks[0].id;
            break;
        }
        QVERIFY(!checkScore(score));
        QVERIFY(!decodeScore(encodeScore(score)));
    }

    void editsThatDoNotFitChangeNothing_data() {
        QTest::addColumn<int>("fault");
        for (int i = 0; i < 8; ++i) QTest::newRow(std::to_string(i).c_str()) << i;
    }
    void editsThatDoNotFitChangeNothing() {
        QFETCH(int, fault);
        const auto score = score::laws::randomScore(5);
        auto edit = richEdit(score);
        switch (fault) {
        case 0:
            edit.contents[0].notes.removed[0].velocity ^= 1;
            break;
        case 1:
            edit.contents[0].track = score::TrackId{999'999};
            break;
        case 2:
            edit.contents[0].notes.added[0].pitch = 200;
            break;
        case 3:
            edit.headers[0].before.name = "never";
            break;
        case 4:
            edit.lists[0].position = 50;
            break;
        case 5:
            edit.lists[0].track.id = score.tracks[0].id;
            break;
        case 6:
            edit.end->first = score::Tick{1};
            break;
        case 7:
            edit.tempos.removed.push_back(edit.tempos.removed[0]);
            break;
        }
        auto changed = score;
        QVERIFY(!applyChecked(edit, changed));
        QVERIFY(changed == score);
    }
};

QTEST_APPLESS_MAIN(ScoreCodecTest)
#include "score_codec_test.moc"
