#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/instrument_table.h"
#include "tests/engine/tokens/token_scores.h"

#include <map>
#include <set>

using namespace continuo;
using namespace continuo::tokens;

namespace {

const TokenizerSettings kMmt{};
const TokenizerSettings kMidiLm = *namedTokenizer("mmt", "midi-lm");
const TokenizerSettings kOfficial = *namedTokenizer("mmt-official");

const Rows kVectorWithDrumsAsPiano{
    {0, 0, 0, 0, 0, 0},   {1, 0, 0, 0, 0, 1},    {1, 0, 0, 0, 0, 31},   {1, 0, 0, 0, 0, 50},   {2, 0, 0, 0, 0, 0},
    {3, 1, 1, 37, 3, 1},  {3, 1, 1, 49, 23, 31}, {3, 1, 1, 56, 23, 31}, {3, 1, 1, 77, 12, 50}, {3, 2, 1, 80, 6, 50},
    {3, 2, 7, 82, 6, 50}, {3, 3, 1, 53, 12, 31}, {3, 3, 7, 84, 23, 50}, {4, 0, 0, 0, 0, 0}};

Rows withoutInstrument(Rows rows, std::uint16_t instrument) {
    std::erase_if(rows, [&](const Row& row) { return row[kInstrument] == instrument; });
    return rows;
}

/// An oracle of its own: exact rounding of thirds and halves by comparing distances, no shared code with the encoder.
std::int64_t nearestEven(std::int64_t ticks, std::int64_t quarter) {
    const auto below = ticks * 12 / quarter;
    const auto toBelow = ticks * 12 - below * quarter;
    const auto toAbove = quarter - toBelow;
    if (toBelow != toAbove) return toBelow < toAbove ? below : below + 1;
    return below % 2 == 0 ? below : below + 1;
}

using Places = std::map<std::tuple<std::int64_t, int, int>, std::int64_t>; // (onset, instrument, pitch) → positions

/// What the rows must say of a score: each place once, with the longest of its notes.
Places quantised(const score::Score& score) {
    const auto& table = InstrumentTable::standard();
    Places places;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            const auto onset = nearestEven(note.onset.fromStart, score.division.ticksPerQuarter);
            const auto length = nearestEven(note.end().fromStart, score.division.ticksPerQuarter) - onset;
            const int instrument = track.drums ? 65 : table.idOf(table.nearestMapped(mainProgram(track)));
            auto& longest = places[{onset, instrument, note.pitch}];
            longest = std::max(longest, length);
        }
    for (auto& [place, length] : places) length = knownDurations()[durationId(length) - 1u];
    return places;
}

Places placesOf(const score::Score& score) {
    Places places;
    const auto position = score.division.ticksPerQuarter / 12;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) {
            const int instrument = track.drums ? 65 : InstrumentTable::standard().idOf(mainProgram(track));
            places[{note.onset.fromStart / position, instrument, note.pitch}] = note.length.count / position;
        }
    return places;
}

} // namespace

class EncoderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timesAreResampledHalfToEven() {
        const std::vector<std::pair<int, int>> vector{{0, 0}, {19, 0}, {20, 0}, {21, 1}, {60, 2}, {100, 2}, {140, 4}};
        for (const auto& [tick, position] : vector) QCOMPARE(toPositions(tick, 480), position);
        QCOMPARE(toPositions(-20, 480), 0);
        QCOMPARE(toPositions(-21, 480), -1);
    }

    void parityRowsAreTheConformanceVector() {
        QCOMPARE(printed(encode(vectorScore(), kMidiLm)->rows), printed(kVectorWithDrumsAsPiano));
    }

    void officialRowsAreTheConformanceVector() {
        QCOMPARE(printed(encode(vectorScore(), kOfficial)->rows),
                 printed(withoutInstrument(kVectorWithDrumsAsPiano, 1)));
    }

    void correctedRowsPutDrumsOnTheirOwnInstrument() {
        auto expected = withoutInstrument(kVectorWithDrumsAsPiano, 1);
        expected.insert(expected.begin() + 3, Row{1, 0, 0, 0, 0, 65});
        expected.insert(expected.begin() + 8, Row{3, 1, 1, 37, 3, 65});
        QCOMPARE(printed(encode(vectorScore(), kMmt)->rows), printed(expected));
    }

    void parityTruncationGluesTheEndRow() {
        auto settings = kMidiLm;
        settings.maxRows = 6;
        Rows expected(kVectorWithDrumsAsPiano.begin(), kVectorWithDrumsAsPiano.begin() + 5);
        expected.push_back({4, 0, 0, 0, 0, 0});
        const auto encoded = *encode(vectorScore(), settings);
        QCOMPARE(printed(encoded.rows), printed(expected));
        QVERIFY(encoded.truncated);
    }

    void correctedTruncationHasNoEndRowAndDeclaresOnlyWhatItHolds() {
        auto settings = kMmt;
        settings.maxRows = 6;
        const auto encoded = *encode(vectorScore(), settings);
        QCOMPARE(printed(encoded.rows),
                 printed({{0}, {1, 0, 0, 0, 0, 31}, {2}, {3, 1, 1, 49, 23, 31}, {3, 1, 1, 56, 23, 31}}));
        QVERIFY(encoded.truncated);
        QCOMPARE(encoded.report.size(), std::size_t{1});
    }

    void parityKeepsSilentTracksAndSharedInstrumentsTwice() {
        auto score = vectorScore();
        score::IdMint mint(score);
        score.tracks.push_back(testTrack(mint, 49, false, {{0, 48, 12}}));
        score.tracks.back().chunk = 7;
        score.tracks.push_back(testTrack(mint, 10, false, {}));
        score.tracks.back().chunk = 8;
        score.tracks.back().events.push_back({.id = mint.event(), .at = score::Tick{0}, .first = 7, .second = 100});
        const auto rows = encode(score, kMidiLm)->rows;
        QCOMPARE(printed({rows.begin() + 1, rows.begin() + 7}), printed({{1, 0, 0, 0, 0, 1},
                                                                         {1, 0, 0, 0, 0, 7},
                                                                         {1, 0, 0, 0, 0, 31},
                                                                         {1, 0, 0, 0, 0, 31},
                                                                         {1, 0, 0, 0, 0, 50},
                                                                         {2}}));
    }

    void parityDropsWhatMapsToNothing() {
        score::Score score;
        score::IdMint mint;
        score.division.ticksPerQuarter = 12;
        score.tracks.push_back(testTrack(mint, 121, false, {{0, 60, 12}}));
        QCOMPARE(printed(encode(score, kMidiLm)->rows), printed({{0}, {2}, {4}}));
        const auto corrected = *encode(score, kMmt);
        QCOMPARE(printed(corrected.rows), printed({{0}, {1, 0, 0, 0, 0, 50}, {2}, {3, 1, 1, 61, 12, 50}, {4}}));
        QCOMPARE(corrected.report.size(), std::size_t{1});
    }

    void beatsBeyondTheVocabularyAreLeftOut() {
        score::Score score;
        score::IdMint mint;
        score.division.ticksPerQuarter = 12;
        score.tracks.push_back(testTrack(mint, 0, false, {{0, 60, 12}, {255 * 12 + 11, 61, 12}, {256 * 12, 62, 12}}));
        const Rows corrected{{0}, {1, 0, 0, 0, 0, 1}, {2}, {3, 1, 1, 61, 12, 1}, {3, 256, 12, 62, 12, 1}};
        QCOMPARE(printed(encode(score, kMmt)->rows), printed(corrected));
        auto withEnd = corrected;
        withEnd.push_back({4});
        QCOMPARE(printed(encode(score, kMidiLm)->rows), printed(withEnd));
    }

    void theOfficialModeStartsAtTheFirstNote() {
        score::Score score;
        score::IdMint mint;
        score.division.ticksPerQuarter = 12;
        score.tracks.push_back(testTrack(mint, 0, false, {{28, 60, 12}, {28, 60, 12}, {40, 61, 500}}));
        QCOMPARE(printed(encode(score, kOfficial)->rows),
                 printed({{0}, {1, 0, 0, 0, 0, 1}, {2}, {3, 1, 5, 61, 12, 1}, {3, 2, 5, 62, 32, 1}, {4}}));
    }

    void programChangesInsideATrackChangeTheInstrument() {
        score::Score score;
        score::IdMint mint;
        score.division.ticksPerQuarter = 12;
        score.tracks.push_back(testTrack(mint, 0, false, {{0, 60, 12}, {12, 60, 12}, {24, 60, 12}}));
        score.tracks[0].events.push_back(
            {.id = mint.event(), .at = score::Tick{12}, .kind = score::ChannelEventKind::Program, .first = 73});
        const auto rows = encode(score, kMmt)->rows;
        QCOMPARE(rows[4][kInstrument], 1);
        QCOMPARE(rows[5][kInstrument], 50);
        QCOMPARE(rows[6][kInstrument], 50);
    }

    void decodingWhatWasEncodedGivesTheQuantisation() {
        base::Random random(11);
        for (int i = 0; i < 3000; ++i) {
            const auto score = randomScore(random);
            const auto encoded = *encode(score, kMmt);
            const auto decoded = decode(encoded.rows, kMmt);
            QVERIFY2(decoded, decoded ? "" : decoded.error().message.c_str());
            QVERIFY(placesOf(*decoded) == quantised(score));
            QVERIFY(encode(*decoded, kMmt)->rows == encoded.rows);
        }
    }

    void correctedRowsAscendStrictlyAndNameTheirNotes() {
        base::Random random(12);
        for (int i = 0; i < 1000; ++i) {
            const auto score = randomScore(random);
            const auto encoded = *encode(score, kMmt);
            std::size_t note = 0;
            const Row* before = nullptr;
            const auto key = [](const Row& row) {
                return std::tuple(row[kBeat], row[kPosition], row[kInstrument], row[kPitch]);
            };
            for (const auto& row : encoded.rows) {
                if (row[kType] != kNote) continue;
                if (before) QVERIFY(key(*before) < key(row));
                before = &row;
                const auto& source = encoded.source.at(note++);
                const auto* found = score::findNote(score.tracks[source.track], source.note);
                QVERIFY(found && found->pitch == row[kPitch] - 1);
            }
            QCOMPARE(note, encoded.source.size());
        }
    }

    void windowsCarryBeginAndEndOnlyAtTrueEdges() {
        const auto score = vectorScore();
        const auto types = [&](score::TickRange range) {
            const auto rows = encodeWindow(score, {.range = range}, kMmt).rows;
            return std::pair(rows.front()[kType], rows.back()[kType]);
        };
        QCOMPARE(types({score::Tick{0}, score::Tick{100}}), (std::pair<std::uint16_t, std::uint16_t>(0, 4)));
        QCOMPARE(types({score::Tick{12}, score::Tick{100}}), (std::pair<std::uint16_t, std::uint16_t>(1, 4)));
        QCOMPARE(types({score::Tick{0}, score::Tick{24}}), (std::pair<std::uint16_t, std::uint16_t>(0, 3)));
    }

    void aWindowIsRebasedAndDeclaresWhatItHolds() {
        const auto encoded =
            encodeWindow(vectorScore(), {.range = {score::Tick{12}, score::Tick{24}}, .transpose = 2}, kMmt);
        QCOMPARE(printed(encoded.rows),
                 printed({{1, 0, 0, 0, 0, 50}, {2}, {3, 1, 1, 82, 6, 50}, {3, 1, 7, 84, 6, 50}}));
    }

    void declaredInstrumentsNeedNoNotes() {
        const auto encoded =
            encodeWindow(vectorScore(), {.range = {score::Tick{12}, score::Tick{24}}, .declared = {65, 1}}, kMmt);
        QCOMPARE(printed({encoded.rows.begin(), encoded.rows.begin() + 4}),
                 printed({{1, 0, 0, 0, 0, 1}, {1, 0, 0, 0, 0, 50}, {1, 0, 0, 0, 0, 65}, {2}}));
    }

    void aNoteJustBeforeTheBarLineThatRoundsOntoItIsInside() {
        score::Score score;
        score::IdMint mint;
        score.division.ticksPerQuarter = 480;
        score.tracks.push_back(
            testTrack(mint, 0, false, {{1920 - 21, 59, 480}, {1920 - 19, 60, 480}, {1920, 62, 480}}));
        const auto rows = encodeWindow(score, {.range = {score::Tick{1920}, score::Tick{9999}}}, kMmt).rows;
        QCOMPARE(rows.size(), std::size_t{5});
        QCOMPARE(rows[2], (Row{3, 1, 1, 61, 12, 1}));
    }

    void windowsKeepTheirBounds() {
        base::Random random(13);
        for (int i = 0; i < 1000; ++i) {
            const auto score = randomScore(random);
            auto settings = kMmt;
            settings.maxRows = static_cast<int>(4 + random.below(80));
            settings.maxBeats = static_cast<int>(1 + random.below(30));
            const score::Tick start{static_cast<std::int64_t>(random.below(10)) * score.division.ticksPerQuarter};
            const auto encoded = encodeWindow(score, {.range = {start, score::Tick{1'000'000}}}, settings);
            QVERIFY(encoded.rows.size() <= static_cast<std::size_t>(settings.maxRows));
            std::set<std::uint16_t> declared, used;
            for (std::size_t r = 0; r < encoded.rows.size(); ++r) {
                const auto& row = encoded.rows[r];
                QVERIFY(checkRow(row, r, settings));
                if (row[kType] == kInstrumentRow) declared.insert(row[kInstrument]);
                if (row[kType] == kNote) used.insert(row[kInstrument]);
            }
            QVERIFY(declared == used);
        }
    }
};

QTEST_APPLESS_MAIN(EncoderTest)
#include "encoder_test.moc"
