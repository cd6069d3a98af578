#include "engine/tokens/decoder.h"
#include "engine/tokens/encoder.h"
#include "engine/tokens/grammar.h"
#include "engine/tokens/row_reader.h"
#include "engine/tokens/shift_tables.h"
#include "tests/engine/tokens/token_scores.h"

#include <cmath>
#include <numeric>

using namespace continuo;
using namespace continuo::tokens;

namespace {

const TokenizerSettings kMmt{};
const TokenizerSettings kMidiLm = *namedTokenizer("mmt", "midi-lm");
const TokenizerSettings kOfficial = *namedTokenizer("mmt-official");
const TokenizerSettings kTpd = *namedTokenizer("tpd");
const TokenizerSettings kStructured = *namedTokenizer("structured");
const TokenizerSettings kMidiLmTpd = *namedTokenizer("tpd", "midi-lm");
const TokenizerSettings kMidiLmStructured = *namedTokenizer("structured", "midi-lm");

/// Ids that a net has for a stream: the instruments of midi-lm's have twice as many as the tokenizer.
std::size_t networkTable(const TokenizerSettings& settings, std::size_t stream) {
    if (settings.family() == Family::Mmt && stream == kInstrument) return 129;
    return settings.vocabulary()[stream];
}

/// A random one of the ids that the mask leaves among the logits of a network's table, which is larger than the
/// tokenizer's: the first at or after a random place whose logit is finite.
std::uint16_t drawn(const AllowedIds& allowed, std::size_t table, base::Random& random) {
    std::array<float, kStructuredVocabulary> logits;
    std::fill_n(logits.begin(), table, 0.0F);
    Grammar::mask(allowed, std::span(logits).first(table));
    auto id = static_cast<std::size_t>(random.below(table));
    while (std::isinf(logits[id])) id = (id + 1) % table;
    return static_cast<std::uint16_t>(id);
}

Row drawRow(const Grammar& grammar, const TokenizerSettings& settings, base::Random& random) {
    Row row{};
    for (std::size_t stream = 0; stream < kFieldCount; ++stream) {
        const auto allowed = grammar.allowed(stream, row);
        if (allowed.isEmpty()) qFatal("nothing is allowed for stream %d", static_cast<int>(stream));
        if (stream < settings.streamCount()) row[stream] = drawn(allowed, networkTable(settings, stream), random);
        if (!allowed.contains(row[stream])) qFatal("the mask lets id %d pass", row[stream]);
    }
    return row;
}

/// Rows that begin and end, and notes in the order and with the shifts of the encoder.
bool isWhole(const Rows& rows, const TokenizerSettings& settings) {
    if (rows.empty()) return false;
    if (settings.family() == Family::Mmt)
        return rows.front()[kType] == kStartOfSong && rows.back()[kType] == kEndOfSong;
    const auto pitch = settings.family() == Family::Tpd ? std::size_t{kTpdPitch} : kToken;
    return rows.front()[pitch] == kBegin && rows.back()[pitch] == kEnd;
}

/// What rows say, time and all, for tokenizers that may say a gap in several ways.
std::vector<RowNote> notesOf(const Rows& rows, const TokenizerSettings& settings) {
    RowReader reader(settings);
    std::vector<RowNote> notes;
    for (const auto& row : rows)
        if (const auto note = reader.read(row); note && *note) notes.push_back(**note);
    return notes;
}

/// What is wrong with drawn rows, empty where nothing is: they must decode, and where they hold a whole piece, the
/// encoder must write the same again (instruments without notes, and rests that could be longer ones, aside).
QByteArray faultOf(Rows rows, const TokenizerSettings& settings) {
    const auto decoded = decode(rows, settings);
    if (!decoded) return decoded.error().message.c_str();
    if (!settings.isCorrected() || !isWhole(rows, settings)) return {};
    if (settings.family() != Family::Mmt) {
        const auto again = encode(*decoded, settings)->rows;
        return notesOf(again, settings) == notesOf(rows, settings) ? QByteArray() : "drawn\n" + printed(rows);
    }
    std::bitset<128> used;
    for (const auto& row : rows)
        if (row[kType] == kNote) used.set(row[kInstrument]);
    std::erase_if(rows, [&](const Row& row) { return row[kType] == kInstrumentRow && !used[row[kInstrument]]; });
    const auto again = encode(*decoded, settings)->rows;
    return again == rows ? QByteArray() : "drawn\n" + printed(rows) + "written again\n" + printed(again);
}

GrammarLimits randomLimits(base::Random& random) {
    GrammarLimits limits;
    if (random.below(3) == 0) limits.first = static_cast<std::int64_t>(random.below(400));
    if (random.below(3) != 0) limits.end = limits.first + 1 + static_cast<std::int64_t>(random.below(700));
    limits.mayEnd = random.below(3) == 0;
    if (random.below(2)) limits.keyFirst = static_cast<int>(random.below(125));
    if (random.below(2)) limits.keyEnd = limits.keyFirst + 1 + static_cast<int>(random.below(3));
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

        QVERIFY(faultOf({{0, 1}, {2, 63, 3}, {1, 64, 3}, {5, 0}, {2, 60, 1}, {0, 2}}, kTpd).isEmpty());
        QVERIFY(!faultOf({{0, 1}, {2, 63, 3}, {1, 62, 3}, {0, 2}}, kTpd).isEmpty());
        QVERIFY(!faultOf({{0, 1}, {2, 63, 0}, {0, 2}}, kTpd).isEmpty());
        QVERIFY(faultOf({{1}, {419}, {63}, {131}, {163}, {419}, {64}, {131}, {163}, {2}}, kStructured).isEmpty());
        QVERIFY(!faultOf({{1}, {419}, {63}, {131}, {163}, {419}, {63}, {131}, {163}, {2}}, kStructured).isEmpty());
        QVERIFY(!faultOf({{1}, {419}, {131}}, kStructured).isEmpty());
    }

    void aMillionRandomStepsGiveOnlyDecodableOrderedRows_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("parity");
        QTest::addColumn<int>("steps");
        QTest::newRow("mmt") << "mmt"
                             << "none" << 1'000'000;
        QTest::newRow("mmt-official") << "mmt-official"
                                      << "none" << 1'000'000;
        QTest::newRow("tpd") << "tpd"
                             << "none" << 1'000'000;
        QTest::newRow("structured") << "structured"
                                    << "none" << 1'000'000;
        QTest::newRow("mmt of midi-lm") << "mmt"
                                        << "midi-lm" << 100'000;
        QTest::newRow("tpd of midi-lm") << "tpd"
                                        << "midi-lm" << 100'000;
        QTest::newRow("structured of midi-lm") << "structured"
                                               << "midi-lm" << 100'000;
    }

    void aMillionRandomStepsGiveOnlyDecodableOrderedRows() {
        QFETCH(QString, name);
        QFETCH(QString, parity);
        QFETCH(int, steps);
        const auto settings = *namedTokenizer(name.toStdString(), parity.toStdString());
        base::Random random(20);
        for (int step = 0; step < steps;) {
            const auto limits = randomLimits(random);
            Grammar grammar(settings, limits);
            Rows rows;
            const auto most = 5 + random.below(300);
            for (std::uint64_t i = 0; i < most && grammar.canContinue(); ++i, ++step) {
                rows.push_back(drawRow(grammar, settings, random));
                grammar.follow(rows.back());
            }
            const auto fault = faultOf(rows, settings);
            QVERIFY2(fault.isEmpty(), fault.constData());
            if (rows.empty()) ++step;
            if (settings.parity == Parity::MidiLm && settings.family() != Family::Mmt) continue;
            for (const auto& note : notesOf(rows, settings)) {
                QVERIFY(note.onset >= limits.first && note.onset < limits.end);
                QVERIFY(note.pitch >= limits.keyFirst && note.pitch < limits.keyEnd);
            }
        }
    }

    void theGrammarEndsExactlyWhereTheReaderDoes() {
        base::Random random(21);
        for (const auto& settings : {kMmt, kTpd, kStructured, kMidiLmTpd, kMidiLmStructured}) {
            for (int i = 0; i < 200; ++i) {
                Grammar grammar(settings);
                RowReader reader(settings);
                for (int step = 0; step < 200 && grammar.canContinue(); ++step) {
                    const auto row = drawRow(grammar, settings, random);
                    grammar.follow(row);
                    QVERIFY(reader.read(row));
                    QCOMPARE(grammar.hasEnded(), reader.hasEnded());
                }
                QVERIFY(!grammar.hasEnded() || !grammar.canContinue());
            }
        }
    }

    void whatTheEncoderWritesIsAllowed() {
        base::Random random(5);
        for (int i = 0; i < 600; ++i) {
            const auto score = randomScore(random);
            for (const auto& settings : {kMmt, kMidiLm, kOfficial, kTpd, kStructured}) {
                if (settings.parity == Parity::MidiLm && noteCount(score) == 0) continue;
                Grammar grammar(settings);
                std::uint16_t lastInstrument = 0;
                const auto rows = encode(score, settings)->rows;
                for (const auto& row : rows) {
                    // Two programs of one instrument declare it twice in midi-lm; no sampler of ours does.
                    const bool isMmt = settings.family() == Family::Mmt;
                    const bool twice = row[kType] == kInstrumentRow && row[kInstrument] == lastInstrument;
                    if (twice && settings.parity == Parity::MidiLm) continue;
                    if (isMmt && row[kType] == kInstrumentRow) lastInstrument = row[kInstrument];
                    if (isMmt && row[kType] == kStartOfNotes && lastInstrument == 0) break; // an empty piece
                    for (std::size_t field = 0; field < kFieldCount; ++field)
                        QVERIFY2(grammar.allowed(field, row).contains(row[field]), printed({row}));
                    grammar.follow(row);
                }
            }
        }
    }

    void masksOfStructuredAreHalfOpenRanges() {
        const auto ids = [](const Grammar& grammar) {
            std::vector<std::size_t> allowed;
            for (std::size_t id = 0; id < kStructuredVocabulary; ++id)
                if (grammar.allowed(kToken, {}).contains(id)) allowed.push_back(id);
            return allowed;
        };
        const auto range = [](std::size_t first, std::size_t end) {
            std::vector<std::size_t> all(end - first);
            std::iota(all.begin(), all.end(), first);
            return all;
        };
        Grammar published(kMidiLmStructured, {.mayEnd = false});
        published.follow(Row{kBegin});
        QCOMPARE(ids(published), range(3, 131));
        published.setLimits({});
        QCOMPARE(ids(published), range(2, 131));
        published.follow(Row{63});
        QCOMPARE(ids(published), range(131, 163));
        published.follow(Row{131});
        QCOMPARE(ids(published), range(163, 419));
        published.follow(Row{163});
        QCOMPARE(ids(published), range(419, 676));
        published.follow(Row{675});
        QCOMPARE(ids(published), range(2, 131));

        Grammar corrected(kStructured, {.mayEnd = false});
        corrected.follow(Row{kBegin});
        QCOMPARE(ids(corrected), range(419, 676));
        corrected.follow(Row{420});
        QCOMPARE(ids(corrected), range(3, 131));
        for (const std::uint16_t token : {63, 131, 163}) corrected.follow(Row{token});
        QCOMPARE(ids(corrected), range(419, 676));
        corrected.follow(Row{419});
        QCOMPARE(ids(corrected), range(64, 131)); // notes of one onset ascend
    }

    void restsOfTpdLeadToANote() {
        Grammar grammar(kTpd);
        grammar.follow(Row{0, kBegin});
        QVERIFY(!grammar.allowed(kTpdPitch, Row{1}).contains(kPad)); // a shift of nothing is no rest
        QVERIFY(grammar.allowed(kTpdPitch, Row{5}).contains(kPad));
        grammar.follow(Row{5, kPad});
        QVERIFY(!grammar.allowed(kTimeShift, {}).contains(0)); // no end behind a rest
        QVERIFY(!grammar.allowed(kTimeShift, {}).contains(1));
        QVERIFY(grammar.allowed(kTimeShift, {}).contains(5));
        QVERIFY(!grammar.allowed(kTimeShift, {}).contains(6)); // shifts do not grow
        QVERIFY(!Grammar(kMidiLmTpd).allowed(kTpdPitch, Row{5}).contains(kPad));
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
        Grammar grammar(kMmt, {.end = 24, .mayEnd = false});
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
