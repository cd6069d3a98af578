#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/row_reader.h"
#include "engine/tokens/shift_tables.h"
#include "tests/engine/tokens/token_scores.h"

#include <cstdlib>
#include <map>
#include <tuple>

using namespace continuo;
using namespace continuo::tokens;

namespace {

const TokenizerSettings kTpd = *namedTokenizer("tpd");
const TokenizerSettings kStructured = *namedTokenizer("structured");
const TokenizerSettings kMidiLmTpd = *namedTokenizer("tpd", "midi-lm");
const TokenizerSettings kMidiLmStructured = *namedTokenizer("structured", "midi-lm");

struct Struck {
    std::int64_t tick;
    int pitch;
    std::int64_t length;
    int velocity;
    friend bool operator==(const Struck&, const Struck&) = default;
};

score::Score scoreOf(const std::vector<Struck>& notes, std::uint16_t division = 12) {
    score::Score score;
    score::IdMint mint;
    score.division.ticksPerQuarter = division;
    score.tracks.push_back(testTrack(mint, 0, false, {}));
    for (const auto& note : notes)
        score.tracks[0].notes.push_back({.id = mint.note(),
                                         .onset = score::Tick{note.tick},
                                         .length = score::Ticks{note.length},
                                         .pitch = static_cast<std::uint8_t>(note.pitch),
                                         .velocity = static_cast<std::uint8_t>(note.velocity)});
    std::sort(score.tracks[0].notes.begin(), score.tracks[0].notes.end(), score::NoteOrder{});
    return score;
}

const score::Score kVector = scoreOf({{6, 60, 12, 100}, {6, 64, 300, 1}, {300, 127, 0, 127}, {303, 0, 7, 63}});

std::vector<Struck> notesOf(const score::Score& score) {
    std::vector<Struck> notes;
    for (const auto& note : score.tracks.at(0).notes)
        notes.push_back({note.onset.fromStart, note.pitch, note.length.count, note.velocity});
    return notes;
}

QByteArray line(const Rows& rows) {
    QByteArray text;
    for (const auto& row : rows) text += QByteArray::number(row[0]) + " ";
    return text;
}

Rows tokenRows(std::initializer_list<int> ids) {
    Rows rows;
    for (const int id : ids) rows.push_back(Row{static_cast<std::uint16_t>(id)});
    return rows;
}

/// An oracle of its own: the nearest of a table by comparing every distance.
int nearestOf(std::span<const int> table, std::int64_t value) {
    int best = table[0];
    for (const int entry : table)
        if (std::llabs(entry - value) < std::llabs(best - value)) best = entry;
    return best;
}

/// Exact rounding of thirds and halves by comparing distances, no shared code with the encoder.
std::int64_t nearestEven(std::int64_t ticks, std::int64_t quarter) {
    const auto below = ticks * 12 / quarter;
    const auto toBelow = ticks * 12 - below * quarter;
    const auto toAbove = quarter - toBelow;
    if (toBelow != toAbove) return toBelow < toAbove ? below : below + 1;
    return below % 2 == 0 ? below : below + 1;
}

/// The stated quantisation: of notes alike in (position, pitch) the longest, with the length and velocity that have
/// ids.
std::vector<Struck> quantised(const score::Score& score, const TokenizerSettings& settings) {
    struct Kept {
        std::int64_t length;
        int velocity;
    };
    std::map<std::pair<std::int64_t, int>, Kept> kept;
    std::vector<std::pair<std::int64_t, score::Note>> ordered;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes)
            if (!track.drums) ordered.emplace_back(note.onset.fromStart, note);
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [tick, note] : ordered) {
        const auto onset = nearestEven(tick, score.division.ticksPerQuarter);
        const auto length = nearestEven(note.end().fromStart, score.division.ticksPerQuarter) - onset;
        const auto [place, isNew] = kept.try_emplace({onset, note.pitch}, Kept{length, note.velocity});
        if (!isNew && length > place->second.length) place->second = {length, note.velocity};
    }
    std::vector<Struck> notes;
    const bool isTpd = settings.family() == Family::Tpd;
    for (const auto& [place, note] : kept)
        notes.push_back(
            {place.first, place.second,
             isTpd ? nearestOf(tpdTables(true).durations, note.length) : std::clamp<std::int64_t>(note.length, 1, 256),
             isTpd ? 64 : nearestOf(velocityBins(), note.velocity)});
    return notes;
}

std::vector<Struck> inPositions(const score::Score& score) {
    auto notes = notesOf(score);
    for (auto& note : notes) note.tick /= kDecodedDivision / kPositions, note.length /= kDecodedDivision / kPositions;
    return notes;
}

score::Score loudRandomScore(base::Random& random) {
    auto score = randomScore(random);
    const auto stretch = 1 + static_cast<std::int64_t>(random.below(3) == 0 ? random.below(40) : 0);
    for (auto& track : score.tracks)
        for (auto& note : track.notes) {
            note.velocity = static_cast<std::uint8_t>(1 + random.below(127));
            note.onset.fromStart *= stretch;
        }
    return score;
}

} // namespace

class ShiftTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void structuredParityIsTheConformanceVector() {
        const auto rows = encode(kVector, kMidiLmStructured)->rows;
        QCOMPARE(line(rows),
                 line(tokenRows({1, 63, 155, 174, 425, 67, 131, 418, 419, 130, 162, 163, 675, 3, 146, 169, 422, 2})));
        const std::vector<Struck> expected{{6, 60, 12, 98}, {6, 64, 256, 1}, {262, 127, 1, 127}, {265, 0, 7, 61}};
        QVERIFY(notesOf(*decode(rows, kMidiLmStructured)) == expected);
    }

    void tpdParityIsTheConformanceVector() {
        const auto rows = encode(kVector, kMidiLmTpd)->rows;
        QCOMPARE(printed(rows), printed({{0, 1, 0}, {2, 63, 4}, {1, 67, 13}, {9, 130, 1}, {1, 3, 3}, {0, 2, 0}}));
        const std::vector<Struck> expected{{6, 60, 12, 64}, {6, 64, 256, 64}, {134, 0, 8, 64}, {134, 127, 2, 64}};
        QVERIFY(notesOf(*decode(rows, kMidiLmTpd)) == expected);
    }

    void structuredParityIgnoresTheLengthAndTpdKeepsTwoLess() {
        auto tpd = kMidiLmTpd, structured = kMidiLmStructured;
        tpd.maxRows = 4;
        structured.maxRows = 6;
        const auto cut = *encode(kVector, tpd);
        QCOMPARE(printed(cut.rows), printed({{0, 1, 0}, {2, 63, 4}, {1, 67, 13}, {0, 2, 0}}));
        QVERIFY(cut.truncated);
        QCOMPARE(encode(kVector, structured)->rows.size(), std::size_t{18});
    }

    void publishedBucketsEndWhereTheSpecificationSays() {
        const auto shift = [](std::int64_t value) {
            return tpdTables(false).shifts[nearestEntry(tpdTables(false).shifts, value)];
        };
        const std::vector<std::pair<int, int>> shifts{{3, 0},   {9, 6},   {18, 12},  {28, 24},   {40, 32},
                                                      {56, 48}, {80, 64}, {112, 96}, {9999, 128}};
        for (const auto& [last, value] : shifts) {
            QCOMPARE(shift(last), value);
            if (last < 9999) QVERIFY(shift(last + 1) != value);
        }
        const auto duration = [](std::int64_t value) {
            return tpdTables(false).durations[nearestEntry(tpdTables(false).durations, value)];
        };
        const std::vector<std::pair<int, int>> durations{{3, 2},     {6, 4},     {10, 8},    {14, 12}, {20, 16},
                                                         {28, 24},   {40, 32},   {56, 48},   {80, 64}, {112, 96},
                                                         {160, 128}, {224, 192}, {9999, 256}};
        for (const auto& [last, value] : durations) {
            QCOMPARE(duration(last), value);
            if (last < 9999) QVERIFY(duration(last + 1) != value);
        }
    }

    void velocityBinsStartWhereTheSpecificationSays() {
        const std::vector<int> starts{0,  4,  8,  12, 16, 20, 24, 28, 32, 36,  40,  44,  48,  52,  56,  60,
                                      64, 69, 73, 77, 81, 85, 89, 93, 97, 101, 105, 109, 113, 117, 121, 125};
        for (int velocity = 0; velocity <= 127; ++velocity) {
            const auto bin = std::upper_bound(starts.begin(), starts.end(), velocity) - starts.begin() - 1;
            QCOMPARE(nearestEntry(velocityBins(), velocity), static_cast<std::size_t>(bin));
        }
    }

    void vocabulariesAreThePublishedSizesCorrectedOrNot() {
        for (const auto& settings : {kTpd, kMidiLmTpd}) QCOMPARE(settings.vocabulary(), (Row{10, 131, 14, 1, 1, 1}));
        for (const auto& settings : {kStructured, kMidiLmStructured})
            QCOMPARE(settings.vocabulary(), (Row{676, 1, 1, 1, 1, 1}));
    }

    void correctedStructuredShiftsFirstAndMovesNothing() {
        const auto rows = encode(kVector, kStructured)->rows;
        QCOMPARE(line(rows), line(tokenRows({1, 425, 63, 155, 174, 419, 67, 131, 418, 675, 457, 130, 162, 163, 422, 3,
                                             146, 169, 2})));
        const std::vector<Struck> expected{{6, 60, 12, 98}, {6, 64, 256, 1}, {300, 127, 1, 127}, {303, 0, 7, 61}};
        QVERIFY(inPositions(*decode(rows, kStructured)) == expected);
    }

    void correctedTpdRestsWhereNoShiftReaches() {
        const auto score = scoreOf({{5, 60, 12, 90}, {5, 64, 6, 90}, {12, 62, 3, 90}, {62, 67, 24, 90}});
        const auto rows = encode(score, kTpd)->rows;
        QCOMPARE(printed(rows), printed({{0, 1, 0},
                                         {5, 0, 0},
                                         {2, 63, 7},
                                         {1, 67, 5},
                                         {6, 0, 0},
                                         {2, 65, 3},
                                         {9, 0, 0},
                                         {9, 0, 0},
                                         {3, 70, 9},
                                         {0, 2, 0}}));
        const std::vector<Struck> expected{{5, 60, 12, 64}, {5, 64, 6, 64}, {12, 62, 3, 64}, {62, 67, 24, 64}};
        QVERIFY(inPositions(*decode(rows, kTpd)) == expected);
    }

    void decodingWhatWasEncodedGivesTheQuantisation_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("tpd") << "tpd";
        QTest::newRow("structured") << "structured";
    }

    void decodingWhatWasEncodedGivesTheQuantisation() {
        QFETCH(QString, name);
        auto settings = *namedTokenizer(name.toStdString());
        settings.maxRows = 1 << 20;
        base::Random random(31);
        for (int i = 0; i < 3000; ++i) {
            const auto score = loudRandomScore(random);
            const auto encoded = *encode(score, settings);
            const auto decoded = decode(encoded.rows, settings);
            QVERIFY2(decoded, decoded ? "" : decoded.error().message.c_str());
            QVERIFY(inPositions(*decoded) == quantised(score, settings));
            QVERIFY(encode(*decoded, settings)->rows == encoded.rows);
            QCOMPARE(encoded.source.size(), notesOf(*decoded).size());
        }
    }

    void parityGivesThePublishedQuantisation_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("tpd") << "tpd";
        QTest::newRow("structured") << "structured";
    }

    /// Notes by (onset, pitch, length, velocity); gaps from note to note go to the nearest shift, so that errors add
    /// up.
    void parityGivesThePublishedQuantisation() {
        QFETCH(QString, name);
        const auto settings = *namedTokenizer(name.toStdString(), "midi-lm");
        const bool isTpd = settings.family() == Family::Tpd;
        base::Random random(35);
        for (int i = 0; i < 2000; ++i) {
            auto score = loudRandomScore(random);
            std::erase_if(score.tracks, [](const auto& track) { return track.notes.empty(); });
            if (score.tracks.empty()) continue;
            score.tracks.resize(1);
            auto notes = notesOf(score);
            std::sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
                return std::tie(a.tick, a.pitch, a.length, a.velocity) <
                       std::tie(b.tick, b.pitch, b.length, b.velocity);
            });
            if (isTpd && notes.size() > 1022) notes.resize(1022);
            std::int64_t before = 0, time = 0;
            for (auto& note : notes) {
                const auto onset = nearestEven(note.tick, score.division.ticksPerQuarter);
                const auto length = nearestEven(note.tick + note.length, score.division.ticksPerQuarter) - onset;
                time += isTpd ? nearestOf(tpdTables(false).shifts, onset - before)
                              : std::min<std::int64_t>(onset - before, 256);
                before = onset;
                note = {time, note.pitch,
                        isTpd ? nearestOf(tpdTables(false).durations, length)
                              : std::clamp<std::int64_t>(length, 1, 256),
                        isTpd ? 64 : nearestOf(velocityBins(), note.velocity)};
            }
            auto decoded = notesOf(*decode(encode(score, settings)->rows, settings));
            const auto all = [](const Struck& note) {
                return std::tuple(note.tick, note.pitch, note.length, note.velocity);
            };
            const auto less = [&](const Struck& a, const Struck& b) { return all(a) < all(b); };
            std::sort(notes.begin(), notes.end(), less);
            std::sort(decoded.begin(), decoded.end(), less);
            QVERIFY(decoded == notes);
        }
    }

    void parityReadsOneTrackOnlyAndSaysSo() {
        const auto error = encode(vectorScore(), kMidiLmTpd).error().message;
        QVERIFY(error.find("exactly one track") != std::string::npos && error.find("has 3") != std::string::npos);
        QVERIFY(!encode(vectorScore(), kMidiLmStructured));
    }

    void anEmptyTrackIsBeginAndEnd() {
        for (const auto& settings : {kTpd, kMidiLmTpd, kStructured, kMidiLmStructured}) {
            auto empty = scoreOf({});
            if (!settings.isCorrected()) // what muspy sees of a track without notes is its controllers
                empty.tracks[0].events.push_back({.id = score::EventId{99},
                                                  .at = score::Tick{0},
                                                  .kind = score::ChannelEventKind::Controller,
                                                  .first = 7,
                                                  .second = 100});
            const auto rows = encode(empty, settings);
            QVERIFY(rows && rows->rows.size() == 2);
            QCOMPARE(score::noteCount(*decode(rows->rows, settings)), std::size_t{0});
        }
    }

    void severalTracksAreReadAsOneAndDrumsAreLeftOut() {
        const auto encoded = *encode(vectorScore(), kTpd);
        QCOMPARE(encoded.source.size(), std::size_t{7});
        QCOMPARE(encoded.report.size(), std::size_t{2});
        auto strings = kTpd;
        strings.track = 2;
        const auto alone = *encode(vectorScore(), strings);
        QCOMPARE(alone.source.size(), std::size_t{3});
        for (const auto& source : alone.source) QCOMPARE(source.track, 1U);
        strings.track = 3;
        QVERIFY(encode(vectorScore(), strings).error().message.find("2 tracks") != std::string::npos);
    }

    void rowsAreEnforcedAtWholeNotes() {
        base::Random random(33);
        for (int i = 0; i < 500; ++i) {
            const auto score = loudRandomScore(random);
            for (auto settings : {kTpd, kStructured}) {
                const auto whole = encode(score, settings)->rows;
                settings.maxRows = settings.leastRows() + static_cast<int>(random.below(60));
                const auto cut = *encode(score, settings);
                QVERIFY(cut.rows.size() <= static_cast<std::size_t>(settings.maxRows));
                RowReader reader(settings);
                std::size_t notes = 0;
                for (const auto& row : cut.rows) notes += (*reader.read(row)).has_value();
                QCOMPARE(notes, cut.source.size());
                if (cut.truncated) QVERIFY(std::equal(cut.rows.begin(), cut.rows.end(), whole.begin()));
            }
        }
    }

    void aWindowCountsFromItsBarLine() {
        const auto rows = encodeWindow(kVector, {.range = {score::Tick{288}, score::Tick{303}}}, kTpd).rows;
        QCOMPARE(printed(rows), printed({{8, 130, 1}}));
    }

    void heldNotesStartTheWindowWithWhatIsLeftOfThem() {
        const auto held = encodeWindow(kVector, {.range = {score::Tick{288}, score::Tick{303}}, .holds = true}, kTpd);
        QCOMPARE(printed(held.rows), printed({{1, 67, 8}, {8, 130, 1}}));
        QCOMPARE(held.source.size(), std::size_t{2});
        const auto mmt = encodeWindow(kVector, {.range = {score::Tick{288}, score::Tick{303}}, .holds = true}, {});
        QCOMPARE(printed(mmt.rows), printed({{1, 0, 0, 0, 0, 1}, {2}, {3, 1, 1, 65, 15, 1}, {3, 2, 1, 128, 1, 1}}));
    }

    void wrongRowsAreNamed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("parity");
        QTest::addColumn<QByteArray>("ids");
        QTest::addColumn<QByteArray>("sentence");
        const auto add = [](const char* label, const char* name, const char* parity, const char* ids,
                            const char* sentence) {
            QTest::newRow(label) << name << parity << QByteArray(ids) << QByteArray(sentence);
        };
        add("a velocity where a pitch is due", "structured", "none", "1 420 131",
            "row 2: token 131 stands where a pitch is due");
        add("beyond the last token", "structured", "none", "1 676", "row 1: token 676 is outside 0..675");
        add("begin inside a note", "structured", "midi-lm", "1 63 1", "row 2: token 1 (begin) stands inside a note");
        add("padding inside", "structured", "midi-lm", "1 0", "row 1: token 0 (padding)");
        add("a shift where a pitch is due", "structured", "midi-lm", "9 9 1 425",
            "row 3: token 425 stands where a pitch is due");
        add("padding as a pitch", "tpd", "midi-lm", "0,1,0 2,0,4", "row 1: pitch 0 is padding");
        add("padding as a shift", "tpd", "none", "0,1,0 0,63,4", "row 1: time_shift 0 is padding beside a pitch");
        add("padding as a length", "tpd", "none", "0,1,0 2,63,0", "row 1: duration 0 is padding beside a pitch");
        add("a rest with a length", "tpd", "none", "0,1,0 2,0,3", "row 1: duration 3 is not 0");
        add("a rest of nothing", "tpd", "none", "0,1,0 1,0,0", "row 1: time_shift 1 is not 0");
        add("beyond the last pitch", "tpd", "none", "0,1,0 1,131,1", "row 1: pitch 131 is outside 0..130");
        add("a stream it does not have", "tpd", "none", "0,1,0,1", "row 0: ");
    }

    void wrongRowsAreNamed() {
        QFETCH(QString, name);
        QFETCH(QString, parity);
        QFETCH(QByteArray, ids);
        QFETCH(QByteArray, sentence);
        Rows rows;
        for (const auto& text : ids.split(' ')) {
            Row row{};
            std::size_t column = 0;
            for (const auto& id : text.split(',')) row[column++] = id.toUShort();
            rows.push_back(row);
        }
        const auto decoded = decode(rows, *namedTokenizer(name.toStdString(), parity.toStdString()));
        QVERIFY(!decoded);
        QVERIFY2(decoded.error().message.starts_with(sentence.toStdString()), decoded.error().message.c_str());
    }

    void paddingAndIncompleteNotesArePassedOver() {
        QCOMPARE(score::noteCount(*decode({{0, 1, 0}, {0, 0, 0}, {2, 63, 4}, {0, 0, 0}}, kTpd)), std::size_t{1});
        QCOMPARE(score::noteCount(*decode(tokenRows({1, 63, 155, 174, 425, 67, 131}), kMidiLmStructured)),
                 std::size_t{1});
        QCOMPARE(score::noteCount(*decode(tokenRows({7, 8, 1, 63, 155, 174, 425, 2, 999}), kMidiLmStructured)),
                 std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(ShiftTokensTest)
#include "shift_tokens_test.moc"
