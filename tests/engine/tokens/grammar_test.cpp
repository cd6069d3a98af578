#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/grammar.h"
#include "tests/engine/tokens/token_scores.h"

#include <cmath>

using namespace continuo;
using namespace continuo::tokens;

namespace {

const TokenizerSettings kMmt{};
const TokenizerSettings kMidiLm = *namedTokenizer("mmt", "midi-lm");
const TokenizerSettings kOfficial = *namedTokenizer("mmt-official");
constexpr std::array<std::size_t, kFieldCount> kNetworkTables{5, 257, 13, 129, 33, 129};

/// A random one of the ids that the mask leaves among the logits of a network's table, which is larger than the
/// tokenizer's: the first at or after a random place whose logit is finite.
std::uint16_t drawn(const AllowedIds& allowed, std::size_t table, base::Random& random) {
    std::array<float, 257> logits{};
    Grammar::mask(allowed, std::span(logits).first(table));
    auto id = static_cast<std::size_t>(random.below(table));
    while (std::isinf(logits[id])) id = (id + 1) % table;
    return static_cast<std::uint16_t>(id);
}

Row drawRow(const Grammar& grammar, base::Random& random) {
    Row row{};
    for (std::size_t field = 0; field < kFieldCount; ++field) {
        const auto allowed = grammar.allowed(static_cast<Field>(field), row);
        if (allowed.isEmpty()) qFatal("nothing is allowed for field %s", kFieldNames[field]);
        row[field] = drawn(allowed, kNetworkTables[field], random);
        if (!allowed.contains(row[field])) qFatal("the mask lets id %d of %s pass", row[field], kFieldNames[field]);
    }
    return row;
}

/// What is wrong with drawn rows, empty where nothing is: they must decode, and where they hold a whole piece, the
/// encoder must write the same rows again (instruments without notes aside).
QByteArray faultOf(Rows rows, const TokenizerSettings& settings) {
    const auto decoded = decode(rows, settings);
    if (!decoded) return decoded.error().message.c_str();
    const bool whole = !rows.empty() && rows.front()[kType] == kStartOfSong && rows.back()[kType] == kEndOfSong;
    if (!settings.isCorrected() || !whole) return {};
    std::bitset<128> used;
    for (const auto& row : rows)
        if (row[kType] == kNote) used.set(row[kInstrument]);
    std::erase_if(rows, [&](const Row& row) { return row[kType] == kInstrumentRow && !used[row[kInstrument]]; });
    const auto again = encode(*decoded, settings).rows;
    return again == rows ? QByteArray() : "drawn\n" + printed(rows) + "written again\n" + printed(again);
}

GrammarLimits randomLimits(base::Random& random) {
    GrammarLimits limits;
    limits.beatEnd = static_cast<std::uint16_t>(2 + random.below(20));
    limits.mayEnd = random.below(3) == 0;
    if (random.below(2)) limits.pitchFirst = static_cast<std::uint16_t>(1 + random.below(100));
    if (random.below(2)) limits.pitchEnd = static_cast<std::uint16_t>(limits.pitchFirst + 1 + random.below(3));
    if (random.below(2))
        for (std::size_t id = 0; id < 128; ++id) limits.instruments[id] = random.below(8) == 0;
    return limits;
}

} // namespace

class GrammarTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plantedFaultsAreFound() {
        const Rows sound{{0}, {1, 0, 0, 0, 0, 1}, {1, 0, 0, 0, 0, 9}, {2}, {3, 1, 1, 61, 12, 1}, {3, 1, 1, 62, 12, 1},
                         {4}};
        QVERIFY(faultOf(sound, kMmt).isEmpty());
        auto twice = sound;
        twice[5][kPitch] = 61;
        QVERIFY(!faultOf(twice, kMmt).isEmpty());
        auto backwards = sound;
        backwards[4][kBeat] = 2;
        QVERIFY(!faultOf(backwards, kMmt).isEmpty());
        auto outside = sound;
        outside[4][kInstrument] = 66;
        QVERIFY(!faultOf(outside, kMmt).isEmpty());
    }

    void aMillionRandomStepsGiveOnlyDecodableOrderedRows_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("steps");
        QTest::newRow("mmt") << 0 << 1'000'000;
        QTest::newRow("midi-lm") << 1 << 100'000;
        QTest::newRow("mmt-official") << 2 << 100'000;
    }

    void aMillionRandomStepsGiveOnlyDecodableOrderedRows() {
        QFETCH(int, mode);
        QFETCH(int, steps);
        const auto settings = std::array{kMmt, kMidiLm, kOfficial}[static_cast<std::size_t>(mode)];
        base::Random random(20 + static_cast<std::uint64_t>(mode));
        for (int step = 0; step < steps;) {
            Grammar grammar(settings, randomLimits(random));
            Rows rows;
            for (int i = 0; i < 300 && grammar.canContinue(); ++i, ++step) {
                rows.push_back(drawRow(grammar, random));
                grammar.follow(rows.back());
            }
            const auto fault = faultOf(rows, settings);
            QVERIFY2(fault.isEmpty(), fault.constData());
        }
    }

    void whatTheEncoderWritesIsAllowed() {
        base::Random random(5);
        for (int i = 0; i < 600; ++i) {
            const auto score = randomScore(random);
            for (const auto& settings : {kMmt, kMidiLm, kOfficial}) {
                if (settings.parity == Parity::MidiLm && noteCount(score) == 0) continue;
                Grammar grammar(settings);
                std::uint16_t lastInstrument = 0;
                for (const auto& row : encode(score, settings).rows) {
                    // Two programs of one instrument declare it twice in midi-lm; no sampler of ours does.
                    const bool twice = row[kType] == kInstrumentRow && row[kInstrument] == lastInstrument;
                    if (twice && settings.parity == Parity::MidiLm) continue;
                    if (row[kType] == kInstrumentRow) lastInstrument = row[kInstrument];
                    if (row[kType] == kStartOfNotes && lastInstrument == 0) break; // an empty piece
                    for (std::size_t field = 0; field < kFieldCount; ++field)
                        QVERIFY2(grammar.allowed(static_cast<Field>(field), row).contains(row[field]),
                                 printed({row}) + kFieldNames[field]);
                    grammar.follow(row);
                }
            }
        }
    }

    void startOfSongComesOnlyFirst() {
        Grammar grammar(kMmt);
        QVERIFY(grammar.allowed(kType, {}).contains(kStartOfSong));
        grammar.follow(Row{kStartOfSong});
        QVERIFY(!grammar.allowed(kType, {}).contains(kStartOfSong));
        QVERIFY(!grammar.allowed(kType, {}).contains(kStartOfNotes));
        QVERIFY(!grammar.allowed(kType, {}).contains(kNote));
    }

    void instrumentsAscendAndNotesUseThem() {
        Grammar grammar(kMmt);
        grammar.follow(Rows{{0}, {1, 0, 0, 0, 0, 31}});
        const auto next = grammar.allowed(kInstrument, Row{kInstrumentRow});
        QVERIFY(!next.contains(31) && next.contains(32) && next.contains(65) && !next.contains(66));
        grammar.follow(Rows{{1, 0, 0, 0, 0, 50}, {2}});
        const auto instruments = grammar.allowed(kInstrument, Row{kNote, 1, 1, 60, 1, 0});
        for (std::size_t id = 0; id < 129; ++id) QCOMPARE(instruments.contains(id), id == 31 || id == 50);
        QVERIFY(!grammar.allowed(kType, {}).contains(kStartOfNotes));
    }

    void theEndCanBeMasked() {
        Grammar grammar(kMmt, {.mayEnd = false});
        grammar.follow(Rows{{0}, {1, 0, 0, 0, 0, 1}, {2}});
        QVERIFY(!grammar.allowed(kType, {}).contains(kEndOfSong));
        grammar.setLimits({.mayEnd = true});
        QVERIFY(grammar.allowed(kType, {}).contains(kEndOfSong));
    }

    void nothingFollowsTheLastPossibleNote() {
        Grammar grammar(kMmt, {.beatEnd = 3, .mayEnd = false});
        grammar.follow(Rows{{0}, {1, 0, 0, 0, 0, 1}, {2}, {3, 2, 12, 127, 1, 1}});
        QVERIFY(grammar.canContinue());
        QCOMPARE(grammar.allowed(kPitch, Row{kNote, 2, 12}).first, 128);
        grammar.follow(Row{3, 2, 12, 128, 1, 1});
        QVERIFY(!grammar.canContinue());
    }

    void atOnePositionPitchesAscendWithinAnInstrument() {
        Grammar grammar(kMmt);
        grammar.follow(Rows{{0}, {1, 0, 0, 0, 0, 1}, {1, 0, 0, 0, 0, 50}, {2}, {3, 4, 7, 61, 1, 1}});
        QCOMPARE(grammar.allowed(kBeat, Row{kNote}).first, 4);
        QCOMPARE(grammar.allowed(kPosition, Row{kNote, 4}).first, 7);
        QCOMPARE(grammar.allowed(kPosition, Row{kNote, 5}).first, 1);
        QVERIFY(!grammar.allowed(kInstrument, Row{kNote, 4, 7, 61, 1}).contains(1));
        QVERIFY(grammar.allowed(kInstrument, Row{kNote, 4, 7, 61, 1}).contains(50));
        QVERIFY(grammar.allowed(kInstrument, Row{kNote, 4, 7, 62, 1}).contains(1));
    }
};

QTEST_APPLESS_MAIN(GrammarTest)
#include "grammar_test.moc"
