#include "engine/corpus/transforms.h"
#include "engine/corpus/window_source.h"
#include "engine/tokens/grammar.h"
#include "engine/tokens/instrument_table.h"
#include "tests/engine/corpus/corpus_scores.h"

#include <QTest>
#include <map>
#include <set>

using namespace continuo;
using namespace continuo::corpus;
using tokens::Rows;

namespace {

WindowSettings rowsUpTo(int maxRows, bool transpose = false) {
    WindowSettings settings;
    settings.tokenizer.maxRows = maxRows;
    settings.transpose = transpose;
    return settings;
}

int noteRows(const Rows& rows) {
    return static_cast<int>(
        std::ranges::count_if(rows, [](const auto& row) { return row[tokens::kType] == tokens::kNote; }));
}

} // namespace

class WindowSourceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPieceThatFitsIsDrawnWhole() {
        const Dataset dataset("test", {melody("short", 4)});
        const WindowSource source(dataset, Part::Train, rowsUpTo(1024));
        base::Random random(1);
        const auto rows = source.draw(random);
        QCOMPARE(noteRows(rows), 32);
        QCOMPARE(rows.front()[tokens::kType], tokens::kStartOfSong);
        QCOMPARE(rows.back()[tokens::kType], tokens::kEndOfSong);
    }

    void windowsStartAtBarsAndShowTheTrueEdgesOnly() {
        const Dataset dataset("test", {melody("long", 40)});
        const WindowSource source(dataset, Part::Train, rowsUpTo(64));
        base::Random random(1);
        int begins = 0, ends = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto rows = source.draw(random);
            QVERIFY(rows.size() <= 64);
            const auto first =
                std::ranges::find(rows, tokens::kNote, [](const auto& row) { return row[tokens::kType]; });
            QCOMPARE((*first)[tokens::kBeat], 1);
            QCOMPARE((*first)[tokens::kPosition], 1);
            begins += rows.front()[tokens::kType] == tokens::kStartOfSong;
            ends += rows.back()[tokens::kType] == tokens::kEndOfSong;
        }
        // 40 bars of 8 notes; the last 7 bars are the first rest that fits: starts 0..33, each alike.
        QVERIFY(begins > 20 && begins < 110);
        QVERIFY(ends > 20 && ends < 110);
    }

    void longPiecesAreDrawnAsOftenAsTheyAreLong() {
        const Dataset dataset("test", {melody("short", 4), melody("long", 80, 40)});
        const WindowSource source(dataset, Part::Train, rowsUpTo(64));
        base::Random random(1);
        int longOnes = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto rows = source.draw(random);
            longOnes += rows.front()[tokens::kInstrument] == 25 || rows[1][tokens::kInstrument] == 25;
        }
        QVERIFY(longOnes > 1740 && longOnes < 1900); // 10 windows against 1
    }

    void shiftsKeepPitchesInRangeAndReachTheirBounds() {
        auto piece = melody("high", 2);
        piece.score.tracks[0].notes[3].pitch = 125;
        const Dataset dataset("test", {piece});
        const WindowSource source(dataset, Part::Train, rowsUpTo(1024, true));
        base::Random random(1);
        std::set<int> highest;
        for (int i = 0; i < 400; ++i) {
            int top = 0;
            for (const auto& row : source.draw(random)) top = std::max<int>(top, row[tokens::kPitch]);
            highest.insert(top - 126);
        }
        QCOMPARE(highest, (std::set<int>{-5, -4, -3, -2, -1, 0, 1, 2}));
    }

    void drumsAreNotShifted() {
        auto piece = melody("drums", 2);
        piece.score.tracks[0].drums = true;
        const WindowSource source(Dataset("test", {piece}), Part::Train, rowsUpTo(1024, true));
        base::Random random(1);
        const auto first = source.draw(random);
        for (int i = 0; i < 50; ++i) QVERIFY(source.draw(random) == first);
    }

    void coveringWindowsHoldEveryNoteAndStayTheSame() {
        const Dataset dataset("test", {melody("a", 30), melody("b", 3, 40), melody("c", 300, 73)});
        const WindowSource source(dataset, Part::Train, rowsUpTo(128, true));
        const auto windows = source.covering();
        int notes = 0;
        for (const auto& rows : windows) notes += noteRows(rows);
        QVERIFY(notes >= 333 * 8);
        QVERIFY(notes < 333 * 8 * 11 / 10);
        QVERIFY(windows == source.covering());
        QCOMPARE(source.covering(5).size(), std::size_t{5});
        QVERIFY(source.covering(5).front() == windows.front());
    }

    void silencesLongerThanAWindowGiveNoEmptyWindow() {
        auto piece = melody("gap", 2);
        auto& notes = piece.score.tracks[0].notes;
        for (std::size_t i = 8; i < notes.size(); ++i) notes[i].onset = notes[i].onset + score::Ticks{960 * 1000};
        const WindowSource source(Dataset("test", {piece}), Part::Train, rowsUpTo(1024));
        base::Random random(1);
        for (int i = 0; i < 200; ++i) QVERIFY(noteRows(source.draw(random)) > 0);
        int covered = 0;
        for (const auto& rows : source.covering()) covered += noteRows(rows);
        QCOMPARE(covered, 16);
    }

    void everyWindowFollowsTheGrammar() {
        const Dataset dataset("test", {melody("a", 30), melody("b", 50, 40)});
        auto settings = rowsUpTo(100, true);
        const WindowSource source(dataset, Part::Train, settings);
        base::Random random(4);
        for (int i = 0; i < 300; ++i) {
            tokens::Grammar grammar(settings.tokenizer);
            for (const auto& row : source.draw(random)) {
                for (std::size_t field = 0; field < tokens::kFieldCount; ++field)
                    QVERIFY(grammar.allowed(static_cast<tokens::Field>(field), row).contains(row[field]));
                grammar.follow(row);
            }
        }
    }

    void piecesAreDrawnByTheirLength() {
        // Pearson's chi-square of how often each piece is drawn against its share of the rows. With 3 degrees of
        // freedom a fair source exceeds 16.3 once in a thousand seeds.
        const Dataset dataset("test",
                              {melody("a", 40, 0), melody("b", 80, 10), melody("c", 160, 40), melody("d", 20, 73)});
        const WindowSource source(dataset, Part::Train, rowsUpTo(100));
        std::map<std::uint16_t, double> drawn;
        base::Random random(6);
        constexpr double kDraws = 6000;
        for (int i = 0; i < kDraws; ++i) {
            const auto rows = source.draw(random);
            ++drawn[std::ranges::find(rows, tokens::kNote, [](const auto& row) {
                        return row[tokens::kType];
                    })->at(tokens::kInstrument)];
        }
        const auto chiSquare = [&](std::vector<double> bars) {
            double total = 0, sum = 0;
            for (const auto each : bars) total += each;
            std::size_t piece = 0;
            for (const int program : {0, 10, 40, 73}) {
                const double expected = kDraws * bars[piece++] / total;
                const double difference = drawn[tokens::InstrumentTable::standard().idOf(program)] - expected;
                sum += difference * difference / expected;
            }
            return sum;
        };
        QVERIFY2(chiSquare({40, 80, 160, 20}) < 16.3, qPrintable(QString::number(chiSquare({40, 80, 160, 20}))));
        QVERIFY(chiSquare({75, 75, 75, 75}) > 100); // a source that draws all pieces alike is caught
    }

    void everyFamilyGivesWindowsThatFollowItsGrammar() {
        auto loud = melody("b", 50, 40);
        loud.score.tracks.push_back(melody("c", 50, 73).score.tracks[0]);
        const Dataset dataset("test", {melody("a", 30), loud});
        for (const char* name : {"mmt", "mmt-official", "tpd", "structured"}) {
            auto settings = rowsUpTo(100, true);
            settings.tokenizer = *tokens::namedTokenizer(name);
            settings.tokenizer.maxRows = 100;
            const WindowSource source(dataset, Part::Train, settings);
            base::Random random(4);
            int begins = 0, ends = 0;
            for (int i = 0; i < 600; ++i) {
                const auto rows = source.draw(random);
                QVERIFY(rows.size() <= 100 && !rows.empty());
                tokens::Grammar grammar(settings.tokenizer);
                for (const auto& row : rows) {
                    for (std::size_t stream = 0; stream < tokens::kFieldCount; ++stream)
                        QVERIFY(grammar.allowed(stream, row).contains(row[stream]));
                    grammar.follow(row);
                }
                ends += grammar.hasEnded();
                const auto column = settings.tokenizer.family() == tokens::Family::Tpd ? 1U : 0U;
                const auto begin = settings.tokenizer.family() == tokens::Family::Mmt ? 0U : 1U;
                begins += rows.front()[column] == begin;
            }
            QVERIFY2(begins > 5 && begins < 250, name);
            QVERIFY2(ends > 5 && ends < 350, name);
        }
    }

    void musicThatIsReadAnewGivesTheSameWindows() {
        const Dataset dataset("test", {melody("a", 60), melody("b", 3, 40), melody("c", 90, 73)});
        auto settings = rowsUpTo(100, true);
        const WindowSource kept(dataset, Part::Train, settings);
        settings.keptNotes = 500;
        const WindowSource readAnew(dataset, Part::Train, settings);
        base::Random a(9), b(9);
        for (int i = 0; i < 100; ++i) QVERIFY(kept.draw(a) == readAnew.draw(b));
        QVERIFY(kept.covering() == readAnew.covering());
    }

    void cropsHoldTheirBeatsAndBeginOnlyAtTheBeginning() {
        auto settings = rowsUpTo(1024);
        settings.cropBeats = 16;
        const WindowSource source(Dataset("test", {melody("a", 60)}), Part::Train, settings);
        base::Random random(3);
        int begins = 0;
        for (int i = 0; i < 1000; ++i) {
            const auto rows = source.draw(random);
            QCOMPARE(noteRows(rows), 32);
            begins += rows.front()[tokens::kType] == tokens::kStartOfSong;
        }
        QVERIFY(begins > 2 && begins < 60);
        int covered = 0;
        for (const auto& rows : source.covering()) covered += noteRows(rows);
        QCOMPARE(covered, 60 * 8);
    }

    void midiLmsCropsBeginAndEndAtEveryEdge() {
        auto settings = rowsUpTo(1024);
        settings.tokenizer = *tokens::namedTokenizer("mmt", "midi-lm");
        settings.cropBeats = 3;
        const WindowSource source(Dataset("test", {melody("a", 60)}), Part::Train, settings);
        base::Random random(3);
        for (int i = 0; i < 200; ++i) {
            const auto rows = source.draw(random);
            QCOMPARE(rows.front()[tokens::kType], tokens::kStartOfSong);
            QCOMPARE(rows.back()[tokens::kType], tokens::kEndOfSong);
            QCOMPARE(noteRows(rows), 6);
        }
    }

    void notesThatSoundOverTheStartAreWrittenThere() {
        auto piece = melody("held", 40);
        auto& notes = piece.score.tracks[0].notes;
        notes[0].length = score::Ticks{piece.score.division.quarter() * 4 * 20}; // twenty bars of an organ point
        auto settings = rowsUpTo(64);
        const WindowSource source(Dataset("test", {piece}), Part::Train, settings);
        const auto second = source.covering().at(1);
        const auto count = std::ranges::count_if(second, [](const auto& row) {
            return row[tokens::kType] == tokens::kNote && row[tokens::kBeat] == 1 && row[tokens::kPosition] == 1;
        });
        QCOMPARE(count, 2);
    }

    void whatTheTokenizerLeavesOutIsReported() {
        auto piece = melody("band", 4);
        piece.score.tracks.push_back(melody("b", 4, 40).score.tracks[0]);
        auto settings = rowsUpTo(64);
        settings.tokenizer = *tokens::namedTokenizer("tpd");
        const WindowSource source(Dataset("test", {piece}), Part::Train, settings);
        QCOMPARE(source.report().size(), std::size_t{1});
        QVERIFY(source.report()[0].starts_with("band: 2 tracks are read as one"));
    }

    void sameSeedSameWindows() {
        const WindowSource source(Dataset("test", {melody("a", 60)}), Part::Train, rowsUpTo(100, true));
        base::Random a(9), b(9);
        for (int i = 0; i < 50; ++i) QVERIFY(source.draw(a) == source.draw(b));
    }

    void aPartWithoutNotesIsEmpty() {
        QVERIFY(WindowSource(Dataset("test", {melody("a", 2)}), Part::Validation, {}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(WindowSourceTest)
#include "window_source_test.moc"
