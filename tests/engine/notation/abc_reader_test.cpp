#include "engine/notation/abc_reader.h"
#include "tests/engine/notation/notation_text.h"

#include <QTest>

using namespace continuo;
using namespace continuo::notation;

namespace {

/// A tune in quarter-note units and C major with more header lines.
std::string tune(const std::string& music, const std::string& header = "") {
    return "X:1\nT:Tune\nM:4/4\nL:1/4\n" + header + "K:C\n" + music + "\n";
}

NotationRead readText(const std::string& abc, bool playRepeats = false) {
    auto read = readAbc(base::bytesOf(abc), {playRepeats});
    if (!read) qFatal("%s", read.error().message.c_str());
    return std::move(*read);
}

} // namespace

class AbcReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachFeatureGivesItsNotes_data() {
        QTest::addColumn<std::string>("abc");
        QTest::addColumn<std::string>("notes");
        const auto row = [](const char* name, const std::string& abc, const char* notes) {
            QTest::newRow(name) << abc << std::string(notes);
        };
        row("octaves", tune("C,, C C' c c'"), "36@0+1 60@1+1 72@2+1 72@3+1 84@4+1");
        row("lengths", tune("C2 C/2 C/ C// C3/2 C3/"), "60@0+2 60@2+1/2 60@5/2+1/2 60@3+1/4 60@13/4+3/2 60@19/4+3/2");
        row("accidentals", tune("^C _D =E ^^F __G"), "61@0+1 61@1+1 64@2+1 67@3+1 65@4+1");
        row("accidental holds for its bar", tune("^C C c | C"), "61@0+1 61@1+1 73@2+1 60@3+1");
        row("accidental for its octave only", tune("^C c", "%%propagate-accidentals octave\n"), "61@0+1 72@1+1");
        row("accidental for its note only", tune("^C C", "%%propagate-accidentals not\n"), "61@0+1 60@1+1");
        row("rests", tune("C z C x2 C"), "60@0+1 60@2+1 60@5+1");
        row("bars of rest", tune("C4 | Z2 | C"), "60@0+4 60@12+1");
        row("chord", tune("[CEG]2 [C2E2]"), "60@0+2 64@0+2 67@0+2 60@2+2 64@2+2");
        row("chord with a length behind lengths inside", tune("[C/E/]4 C"), "60@0+2 64@0+2 60@2+1");
        row("broken rhythm", tune("C>D C<D C>>D"), "60@0+3/2 62@3/2+1/2 60@2+1/2 62@5/2+3/2 60@4+7/4 62@23/4+1/4");
        row("broken rhythm of chords", tune("[CE]>D"), "60@0+3/2 64@0+3/2 62@3/2+1/2");
        row("triplet", tune("(3CDE F"), "60@0+2/3 62@2/3+2/3 64@4/3+2/3 65@2+1");
        row("triplet of lengths", tune("(3:2:2C2D F"), "60@0+4/3 62@4/3+2/3 65@2+1");
        row("duplet", tune("(2CD"), "60@0+3/2 62@3/2+3/2");
        row("quintuplet in compound time", "X:1\nM:6/8\nL:1/8\nK:C\n(5CDEFG A\n",
            "60@0+3/10 62@3/10+3/10 64@3/5+3/10 65@9/10+3/10 67@6/5+3/10 69@3/2+1/2");
        row("broken rhythm in a triplet", tune("(3C>DE"), "60@0+1 62@1+1/3 64@4/3+2/3");
        row("tie", tune("C-C D"), "60@0+2 62@2+1");
        row("tie over a bar line keeps its accidental", tune("^C4-|C C"), "61@0+5 60@5+1");
        row("tied chord", tune("[CE]-[CE]"), "60@0+2 64@0+2");
        row("tie in a chord", tune("[C-E][CE]"), "60@0+2 64@0+1 64@1+1");
        row("slurs are no ties", tune("(CC) (C D)"), "60@0+1 60@1+1 60@2+1 62@3+1");
        row("grace notes left out", tune("{Bc}C {/B}D"), "60@0+1 62@1+1");
        row("decorations", tune("!trill!C .D ~E uF +fermata+G"), "60@0+1 62@1+1 64@2+1 65@3+1 67@4+1");
        row("chord symbols and annotations", tune("\"Am7\"C \"^slow\"D"), "60@0+1 62@1+1");
        row("spacer", tune("C y D y2 E"), "60@0+1 62@1+1 64@2+1");
        row("overlay", tune("C2 D2 & E4 | F"), "60@0+2 64@0+4 62@2+2 65@4+1");
        row("remark", tune("C D % E F\nG"), "60@0+1 62@1+1 67@2+1");
        row("line continued", tune("C \\\nD"), "60@0+1 62@1+1");
        row("inline length", tune("C [L:1/8] C C"), "60@0+1 60@1+1/2 60@3/2+1/2");
        row("inline key", tune("F [K:G] F"), "65@0+1 66@1+1");
        row("field line in the music", tune("F\nK:G\nF"), "65@0+1 66@1+1");
        row("transposing voice", tune("C", "V:1 transpose=-2\n"), "58@0+1");
        row("octave clef", "X:1\nL:1/4\nK:C clef=treble-8\nC\n", "48@0+1");
        row("no note length, duple meter", "X:1\nM:4/4\nK:C\nC\n", "60@0+1/2");
        row("no note length, 2/4", "X:1\nM:2/4\nK:C\nC\n", "60@0+1/4");
        row("header of the book", "L:1/2\n\nX:1\nK:C\nC\n", "60@0+2");
    }
    void eachFeatureGivesItsNotes() {
        QFETCH(std::string, abc);
        QFETCH(std::string, notes);
        QCOMPARE(notesOf(readText(abc).read.score), notes);
    }

    void keysAlterTheirNotes_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("scale"); // of C D E F G A B
        QTest::newRow("C") << "C"
                           << "60 62 64 65 67 69 71";
        QTest::newRow("G") << "G"
                           << "60 62 64 66 67 69 71";
        QTest::newRow("Bb") << "Bb"
                            << "60 62 63 65 67 69 70";
        QTest::newRow("F#") << "F#"
                            << "61 63 65 66 68 70 71";
        QTest::newRow("Am") << "Am"
                            << "60 62 64 65 67 69 71";
        QTest::newRow("G minor") << "G minor"
                                 << "60 62 63 65 67 69 70";
        QTest::newRow("D Dorian") << "D Dorian"
                                  << "60 62 64 65 67 69 71";
        QTest::newRow("Ador") << "Ador"
                              << "60 62 64 66 67 69 71";
        QTest::newRow("Dmix") << "Dmix"
                              << "60 62 64 66 67 69 71";
        QTest::newRow("E phr") << "E phr"
                               << "60 62 64 65 67 69 71";
        QTest::newRow("F Lyd") << "F Lyd"
                               << "60 62 64 65 67 69 71";
        QTest::newRow("B loc") << "B loc"
                               << "60 62 64 65 67 69 71";
        QTest::newRow("none") << "none"
                              << "60 62 64 65 67 69 71";
        QTest::newRow("pipes") << "HP"
                               << "61 62 64 66 67 69 71";
        QTest::newRow("D phrygian with f sharp") << "D Phr ^f"
                                                 << "60 62 63 66 67 69 70";
        QTest::newRow("explicit") << "D exp _b _e ^f"
                                  << "60 62 63 66 67 69 70";
        QTest::newRow("with a clef") << "G clef=bass"
                                     << "60 62 64 66 67 69 71";
    }
    void keysAlterTheirNotes() {
        QFETCH(QString, key);
        QFETCH(QString, scale);
        const auto read = readText("X:1\nL:1/4\nK:" + key.toStdString() + "\nCDEFGAB\n");
        QStringList pitches;
        for (const auto& note : read.read.score.tracks.at(0).notes) pitches << QString::number(note.pitch);
        QCOMPARE(pitches.join(' '), scale);
    }

    void temposCountInTheirBeats_data() {
        QTest::addColumn<QString>("tempo");
        QTest::addColumn<int>("quarters");
        QTest::newRow("quarters") << "1/4=96" << 96;
        QTest::newRow("dotted quarters") << "3/8=60" << 90;
        QTest::newRow("sum") << "1/4 1/8=60" << 90;
        QTest::newRow("words around") << "\"Allegro\" 1/4=120 \"molto\"" << 120;
        QTest::newRow("unit lengths") << "C3=40" << 120;
        QTest::newRow("bare") << "200" << 200;
    }
    void temposCountInTheirBeats() {
        QFETCH(QString, tempo);
        QFETCH(int, quarters);
        const auto read = readText(tune("C", "Q:" + tempo.toStdString() + "\n"));
        QCOMPARE(temposOf(read.read.score), std::to_string(quarters) + "@0");
    }

    void repeatsArePlayedOutOnRequest_data() {
        QTest::addColumn<QString>("music");
        QTest::addColumn<QString>("played");
        QTest::newRow("simple") << "C D :| E"
                                << "CDCDE";
        QTest::newRow("signs") << "C |: D :| E"
                               << "CDDE";
        QTest::newRow("double sign") << "|: C :: D :| E"
                                     << "CCDDE";
        QTest::newRow("double sign with a line") << "|: C :|: D :| E"
                                                 << "CCDDE";
        QTest::newRow("three times") << "|:: C ::| D"
                                     << "CCCD";
        QTest::newRow("endings") << "|: C |1 D :|2 E || F"
                                 << "CDCEF";
        QTest::newRow("endings in brackets") << "|: C [1 D :| [2 E |] F"
                                             << "CDCEF";
        QTest::newRow("endings in a list") << "|: C |1,2 D :|3 E || F"
                                           << "CDCDCEF";
        QTest::newRow("endings in a range") << "|: C |1-2 D :|3 E || F"
                                            << "CDCDCEF";
        QTest::newRow("pickup in the middle of a bar") << "C |: D E F G :| A"
                                                       << "CDEFGDEFGA";
        QTest::newRow("da capo") << "C !fine! | D !D.C.! |"
                                 << "CDC";
    }
    void repeatsArePlayedOutOnRequest() {
        QFETCH(QString, music);
        QFETCH(QString, played);
        const auto read = readText(tune(music.toStdString()), true);
        QString letters;
        for (const auto& note : read.read.score.tracks.at(0).notes) letters += "C D EF G A B"[note.pitch - 60];
        QCOMPARE(letters, played);
    }

    void voicesAreTracksInTheirOwnTime() {
        const auto read =
            readText(tune("V:1\nC D |\nV:2\nE2 |\nV:1\nF2 |\nV:2\nG G |", "V:1 name=\"High\"\nV:2 nm=Low\n"));
        QCOMPARE(read.read.score.tracks.size(), std::size_t{2});
        QCOMPARE(notesOf(read.read.score, 0), std::string("60@0+1 62@1+1 65@2+2"));
        QCOMPARE(notesOf(read.read.score, 1), std::string("64@0+2 67@2+1 67@3+1"));
        QCOMPARE(QString::fromStdString(read.read.score.tracks[1].name), QString("Low"));
    }

    void voicesRepeatTogether() {
        const auto read = readText(tune("[V:1] |: C4 :| D4 |\n[V:2] |: E2 F2 :| G4 |", "V:1\nV:2\n"), true);
        QCOMPARE(notesOf(read.read.score, 0), std::string("60@0+4 60@4+4 62@8+4"));
        QCOMPARE(notesOf(read.read.score, 1), std::string("64@0+2 65@2+2 64@4+2 65@6+2 67@8+4"));
    }

    void programsAndDrumsComeFromMidiLines() {
        const auto read = readText(tune("V:1\nC\nV:2\nD", "V:1\n%%MIDI program 40\nV:2\n%%MIDI channel 10\n"));
        QCOMPARE(score::mainProgram(read.read.score.tracks.at(0)), 40);
        QVERIFY(read.read.score.tracks.at(1).drums);
    }

    void dynamicsBecomeVelocities() {
        QCOMPARE(velocitiesOf(readText(tune("C !p!C C !ff!C")).read.score), std::string("80 49 49 112"));
    }

    void barsOfRepeatedPhrasesAreWhole() {
        const auto read = readText(tune("G |: C D E F | C D E :| G | C4 |"));
        QCOMPARE(metersOf(read.read.score), std::string("1/4@0 4/4@1"));
    }

    void aBookGivesTheTuneAskedFor() {
        const std::string book = "%abc-2.1\nL:1/4\n\nX:1\nK:C\nC\n\nfree text\n\nX:7\nT:Seventh\nK:C\nD\n";
        const auto seventh = readAbc(base::bytesOf(book), {}, 7);
        QCOMPARE(notesOf(seventh->read.score), std::string("62@0+1"));
        QCOMPARE(QString::fromStdString(seventh->read.score.tracks.at(0).name), QString("Seventh"));
        const auto first = readAbc(base::bytesOf(book));
        QCOMPARE(notesOf(first->read.score), std::string("60@0+1"));
        QVERIFY(QString::fromStdString(reportOf(first->read.report)).contains("2 tunes"));
        QVERIFY(!readAbc(base::bytesOf(book), {}, 3));
    }

    void whatIsLeftIsCounted_data() {
        QTest::addColumn<std::string>("abc");
        QTest::addColumn<QString>("line");
        const auto row = [](const char* name, const std::string& abc, const char* line) {
            QTest::newRow(name) << abc << QString(line);
        };
        row("grace notes", tune("{ab}C"), "2 grace notes");
        row("words", tune("C\nw:la"), "1 lines of words");
        row("chord symbols", tune("\"C\"C \"G7\"D"), "2 chord symbols");
        row("trills", tune("TC !trill!D"), "2 trills");
        row("parts", tune("C", "P:AABB\n"), "1 orders of parts");
        row("macros", tune("C", "U:Z=!trill!\n"), "1 macros");
        row("other files", tune("C", "%%abc-include /etc/passwd\n"), "1 other files are never opened");
        row("unknown signs", tune("C # D"), "1 signs mean nothing");
        row("repeats", tune("C :| D"), "repeats are not played out");
    }
    void whatIsLeftIsCounted() {
        QFETCH(std::string, abc);
        QFETCH(QString, line);
        const auto report = QString::fromStdString(reportOf(readText(abc).read.report));
        QVERIFY2(report.contains(line), qPrintable(report));
    }
};

QTEST_APPLESS_MAIN(AbcReaderTest)
#include "abc_reader_test.moc"
