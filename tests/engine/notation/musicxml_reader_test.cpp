#include "engine/notation/musicxml_reader.h"
#include "tests/engine/notation/notation_text.h"

#include <QTest>

using namespace continuo;
using namespace continuo::notation;

namespace {

std::string tie(const char* type) { return std::string("<tie type='") + type + "'/>"; }
std::string direction(const std::string& inner, const std::string& sound = "") {
    return "<direction><direction-type>" + inner + "</direction-type>" + sound + "</direction>";
}
std::string barline(const char* location, const std::string& inner) {
    return std::string("<barline location='") + location + "'>" + inner + "</barline>";
}
std::string backup(int sixteenths) {
    return "<backup><duration>" + std::to_string(sixteenths) + "</duration></backup>";
}
std::string forward(int sixteenths) {
    return "<forward><duration>" + std::to_string(sixteenths) + "</duration></forward>";
}

const std::string kTwoInstruments =
    "<score-instrument id='I1'><instrument-name>Flute</instrument-name></score-instrument>"
    "<score-instrument id='I2'><instrument-name>Drum</instrument-name></score-instrument>"
    "<midi-instrument id='I1'><midi-channel>1</midi-channel><midi-program>74</midi-program></midi-instrument>"
    "<midi-instrument id='I2'><midi-channel>10</midi-channel><midi-unpitched>37</midi-unpitched></midi-instrument>";

NotationRead readXmlText(const std::string& xml, bool playRepeats = false) {
    auto read = readMusicXml(base::bytesOf(xml), {playRepeats});
    if (!read) qFatal("%s", read.error().message.c_str());
    return std::move(*read);
}

} // namespace

class MusicXmlReaderTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachFeatureGivesItsNotes_data() {
        QTest::addColumn<std::string>("content"); // of the one measure, behind its attributes
        QTest::addColumn<std::string>("notes");
        const auto row = [](const char* name, const std::string& content, const char* notes) {
            QTest::newRow(name) << content << std::string(notes);
        };
        row("two notes", noteXml("C4", 4) + noteXml("D4", 2), "60@0+1 62@1+1/2");
        row("rest", restXml(4) + noteXml("C4", 4), "60@1+1");
        row("sharp and flat", noteXml("F#4", 4) + noteXml("Bb3", 4), "66@0+1 58@1+1");
        row("chord", noteXml("C4", 8) + noteXml("E4", 8, "", "<chord/>") + noteXml("D4", 4), "60@0+2 64@0+2 62@2+1");
        row("second voice by backup", noteXml("C5", 8) + backup(8) + noteXml("C4", 4) + noteXml("D4", 4),
            "60@0+1 72@0+2 62@1+1");
        row("forward", noteXml("C5", 8) + backup(8) + forward(4) + noteXml("C4", 4), "72@0+2 60@1+1");
        row("tie inside the measure", noteXml("C4", 4, tie("start")) + noteXml("C4", 4, tie("stop")), "60@0+2");
        row("tie over three notes",
            noteXml("C4", 4, tie("start")) + noteXml("C4", 4, tie("stop") + tie("start")) +
                noteXml("C4", 2, tie("stop")),
            "60@0+5/2");
        row("tie in one of two voices",
            noteXml("C4", 4, tie("start") + "<voice>1</voice>") + noteXml("C4", 4, tie("stop") + "<voice>1</voice>") +
                backup(8) + noteXml("C4", 4, "<voice>2</voice>") + noteXml("C4", 4, "<voice>2</voice>"),
            "60@0+2 60@0+1 60@1+1");
        row("tie without its stop", noteXml("C4", 4, tie("start")) + noteXml("C4", 4), "60@0+2");
        row("tie without its stop leaves the other voice alone",
            noteXml("C4", 4, tie("start") + "<voice>1</voice>") + restXml(4) + backup(4) +
                noteXml("C4", 4, "<voice>2</voice>"),
            "60@0+1 60@1+1");
        row("tie to another pitch is none", noteXml("C4", 4, tie("start")) + noteXml("D4", 4, tie("stop")),
            "60@0+1 62@1+1");
        row("triplet by divisions",
            "<attributes><divisions>6</divisions></attributes>" + noteXml("C4", 2) + noteXml("D4", 2) +
                noteXml("E4", 2),
            "60@0+1/3 62@1/3+1/3 64@2/3+1/3");
        row("divisions change inside the measure",
            noteXml("C4", 4) + "<attributes><divisions>7</divisions></attributes>" + noteXml("D4", 1),
            "60@0+1 62@1+1/7");
        row("decimal duration", "<note><pitch><step>C</step><octave>4</octave></pitch><duration>1.5</duration></note>",
            "60@0+3/8");
        row("no duration but a type",
            "<note><pitch><step>C</step><octave>4</octave></pitch><type>eighth</type><dot/></note>", "60@0+3/4");
        row("grace note left out",
            "<note><grace/><pitch><step>B</step><octave>3</octave></pitch></note>" + noteXml("C4", 4), "60@0+1");
        row("cue note left out", noteXml("B3", 4, "", "<cue/>") + noteXml("C4", 4), "60@1+1");
        row("microtone to the nearest key",
            "<note><pitch><step>C</step><alter>1.5</alter><octave>4</octave></pitch><duration>4</duration></note>",
            "62@0+1");
        row("transposing instrument",
            "<attributes><transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose></attributes>" +
                noteXml("D4", 4),
            "60@0+1");
        row("octave transposition",
            "<attributes><transpose><chromatic>0</chromatic><octave-change>-1</octave-change></transpose></"
            "attributes>" +
                noteXml("C4", 4),
            "48@0+1");
        row("octave shift changes nothing", direction("<octave-shift type='down' size='8'/>") + noteXml("C6", 4),
            "84@0+1");
        row("backup behind the start", noteXml("C4", 4) + backup(400) + noteXml("E4", 4), "60@0+1 64@0+1");
        row("pitch outside MIDI left out", noteXml("C4", 4) + noteXml("B9", 4), "60@0+1");
    }
    void eachFeatureGivesItsNotes() {
        QFETCH(std::string, content);
        QFETCH(std::string, notes);
        const auto read = readXmlText(partwise(measure(attributes() + content)));
        QCOMPARE(notesOf(read.read.score), notes);
    }

    void whatIsLeftIsCounted_data() {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<QString>("line");
        const auto notation = [](const std::string& inner) {
            return noteXml("C4", 4, "<notations>" + inner + "</notations>");
        };
        const auto row = [](const char* name, const std::string& content, const char* line) {
            QTest::newRow(name) << content << QString(line);
        };
        row("grace notes", "<note><grace/><pitch><step>B</step><octave>3</octave></pitch></note>",
            "1 grace notes are left out");
        row("lyrics", noteXml("C4", 4, "<lyric><text>la</text></lyric>"), "1 lyrics are not kept");
        row("trills", notation("<ornaments><trill-mark/></ornaments>") + notation("<ornaments><mordent/></ornaments>"),
            "2 trills, turns and mordents");
        row("fermatas", notation("<fermata/>"), "1 fermatas");
        row("staccato", notation("<articulations><staccato/></articulations>"), "1 staccato signs");
        row("hairpins", direction("<wedge type='crescendo'/>") + noteXml("C4", 4) + direction("<wedge type='stop'/>"),
            "1 hairpins");
        row("chord symbols", "<harmony><root><root-step>C</root-step></root></harmony>", "1 chord symbols");
        row("metric modulation",
            direction("<metronome><beat-unit>quarter</beat-unit><beat-unit>half</beat-unit></metronome>"),
            "1 metronome marks");
        row("senza misura", attributes("<time><senza-misura/></time>"), "1 time signatures without a meter");
        row("dangling tie", noteXml("C4", 4, tie("start")) + noteXml("D4", 4), "1 ties have no note to go to");
        row("repeats", noteXml("C4", 4) + barline("right", "<repeat direction='backward'/>"),
            "repeats are not played out");
        row("unpitched without a drum",
            "<note><unpitched><display-step>C</display-step></unpitched><duration>4</duration></note>",
            "1 unpitched notes");
    }
    void whatIsLeftIsCounted() {
        QFETCH(std::string, content);
        QFETCH(QString, line);
        const auto read = readXmlText(partwise(measure(attributes() + content + noteXml("C4", 4))));
        const auto report = QString::fromStdString(reportOf(read.read.report));
        QVERIFY2(report.contains(line), qPrintable(report));
    }

    void anOrdinaryPieceHasNothingToReport() {
        const auto read = readXmlText(
            partwise(measure(attributes("<time><beats>4</beats><beat-type>4</beat-type></time>") + noteXml("C4", 16))));
        QCOMPARE(reportOf(read.read.report), std::string());
        QCOMPARE(read.read.report.worst, midi::Verdict::Accept);
    }

    void temposStandWhereTheyAreSaid() {
        const auto read = readXmlText(partwise(
            measure(attributes() +
                    direction("<metronome><beat-unit>half</beat-unit><per-minute>60</per-minute></metronome>") +
                    noteXml("C4", 16)) +
            measure(noteXml("C4", 8) + direction("<words>rit.</words>", "<sound tempo='96'/>") + noteXml("C4", 8)) +
            measure("<sound tempo='72'/>" + noteXml("C4", 16))));
        QCOMPARE(temposOf(read.read.score), std::string("120@0 96@6 72@8"));
    }

    void aDottedBeatCountsAsThreeHalves() {
        const auto read = readXmlText(partwise(measure(
            attributes() +
            direction(
                "<metronome><beat-unit>quarter</beat-unit><beat-unit-dot/><per-minute>c. 80</per-minute></metronome>") +
            noteXml("C4", 4))));
        QCOMPARE(temposOf(read.read.score), std::string("120@0"));
    }

    void metersPutBarLinesWherePickupsEnd() {
        const auto time = attributes("<time><beats>4</beats><beat-type>4</beat-type></time>");
        const auto read =
            readXmlText(partwise(measure(time + noteXml("C4", 4)) + measure(noteXml("C4", 16)) +
                                 measure(noteXml("C4", 12)) + measure(noteXml("C4", 4)) + measure(noteXml("C4", 12))));
        QCOMPARE(metersOf(read.read.score), std::string("1/4@0 4/4@1"));
    }

    void sumsOfBeatsAreAdded() {
        const auto read = readXmlText(partwise(
            measure(attributes("<time><beats>3+2</beats><beat-type>8</beat-type></time>") + noteXml("C4", 10))));
        QCOMPARE(metersOf(read.read.score), std::string("5/8@0"));
    }

    void keysSoundAsTheTransposingPartSounds() {
        const auto read = readXmlText(partwise(measure(
            attributes(
                "<key><fifths>-1</fifths><mode>minor</mode></key><transpose><chromatic>-3</chromatic></transpose>") +
            noteXml("C5", 4))));
        QCOMPARE(static_cast<int>(read.read.score.keys.at(0).sharps), 2);
        QVERIFY(read.read.score.keys.at(0).minor);
    }

    void dynamicsBecomeVelocitiesInAllVoices() {
        const auto read =
            readXmlText(partwise(measure(attributes() + direction("<dynamics><p/></dynamics>") + noteXml("C5", 4) +
                                         direction("<dynamics><ff/></dynamics>") + noteXml("D5", 4) + backup(8) +
                                         noteXml("C4", 4) + noteXml("D4", 4))));
        QCOMPARE(velocitiesOf(read.read.score), std::string("49 49 112 112"));
    }

    void soundDynamicsArePercentOfForte() {
        const auto read = readXmlText(partwise(measure(
            attributes() + direction("<dynamics><p/></dynamics>", "<sound dynamics='50'/>") + noteXml("C5", 4))));
        QCOMPARE(velocitiesOf(read.read.score), std::string("45"));
    }

    void pedalsAreControllers() {
        const auto read = readXmlText(partwise(measure(attributes() + direction("<pedal type='start'/>") +
                                                       noteXml("C5", 4) + direction("<pedal type='change'/>") +
                                                       noteXml("C5", 4) + direction("<pedal type='stop'/>"))));
        std::string seen;
        for (const auto& event : read.read.score.tracks.at(0).events)
            if (event.kind == score::ChannelEventKind::Controller)
                seen += std::to_string(event.first) + "=" + std::to_string(event.second) + "@" +
                        quarters(event.at.fromStart, read.read.score.division.ticksPerQuarter) + " ";
        QCOMPARE(seen, std::string("64=127@0 64=0@1 64=127@1 64=0@2 "));
    }

    void instrumentsBecomePrograms() {
        const auto drum = std::string("<note><unpitched/><duration>4</duration><instrument id='I2'/></note>");
        const auto read = readXmlText(
            partwise(measure(attributes() + noteXml("C5", 4, "<instrument id='I1'/>") + drum), kTwoInstruments));
        const auto& tracks = read.read.score.tracks;
        QCOMPARE(tracks.size(), std::size_t{2});
        QCOMPARE(score::mainProgram(tracks[0]), 73);
        QVERIFY(!tracks[0].drums && tracks[1].drums);
        QCOMPARE(static_cast<int>(tracks[1].channel), 9);
        QCOMPARE(notesOf(read.read.score, 1), std::string("36@1+1"));
    }

    void timewiseReadsAsPartwise() {
        const auto body = attributes() + noteXml("C4", 4, tie("start")), second = noteXml("C4", 4, tie("stop"));
        const auto wise = partwise(measure(body) + measure(second));
        const auto list = wise.substr(wise.find("<part-list>"), wise.find("<part id") - wise.find("<part-list>"));
        const auto part = [](const std::string& inner) {
            return "<measure number='1'><part id='P1'>" + inner + "</part></measure>";
        };
        const auto read = readXmlText("<score-timewise>" + list + part(body) + part(second) + "</score-timewise>");
        QCOMPARE(notesOf(read.read.score), std::string("60@0+2"));
        QCOMPARE(notesOf(readXmlText(wise).read.score), std::string("60@0+2"));
    }

    void partsStayTogetherWhereOneIsNotFilled() {
        const auto text =
            std::string("<score-partwise><part-list><score-part id='A'><part-name>A</part-name></score-part>"
                        "<score-part id='B'><part-name>B</part-name></score-part></part-list>") +
            "<part id='A'>" + measure(attributes() + noteXml("C4", 4)) + measure(noteXml("D4", 4)) +
            "</part><part id='B'>" + measure(attributes() + noteXml("C5", 8)) + measure(noteXml("D5", 8)) +
            "</part></score-partwise>";
        const auto read = readXmlText(text);
        QCOMPARE(notesOf(read.read.score, 0), std::string("60@0+1 62@2+1"));
        QCOMPARE(notesOf(read.read.score, 1), std::string("72@0+2 74@2+2"));
        QCOMPARE(QString::fromStdString(read.read.score.tracks[1].name), QString("B"));
    }

    void wholeRestsOfAnyLengthFillOneMeasure() {
        const auto time = attributes("<time><beats>2</beats><beat-type>4</beat-type></time>");
        const auto read = readXmlText(partwise(measure(time + restXml(16)) + measure(noteXml("C4", 8))));
        QCOMPARE(notesOf(read.read.score), std::string("60@2+2"));
    }

    void repeatsArePlayedOutOnRequest() {
        const auto text =
            partwise(measure(attributes() + noteXml("C4", 4)) +
                     measure(barline("left", "<ending number='1' type='start'/>") + noteXml("D4", 4) +
                             barline("right", "<ending number='1' type='stop'/><repeat direction='backward'/>")) +
                     measure(barline("left", "<ending number='2' type='start'/>") + noteXml("E4", 4) +
                             barline("right", "<ending number='2' type='discontinue'/>")));
        QCOMPARE(notesOf(readXmlText(text).read.score), std::string("60@0+1 62@1+1 64@2+1"));
        QCOMPARE(notesOf(readXmlText(text, true).read.score), std::string("60@0+1 62@1+1 60@2+1 64@3+1"));
    }

    void aDaCapoEndsAtTheFine() {
        const auto text = partwise(
            measure(attributes() + noteXml("C4", 4) + direction("<words>Fine</words>", "<sound fine='yes'/>")) +
            measure(noteXml("D4", 4) + direction("<words>D.C.</words>", "<sound dacapo='yes'/>")));
        QCOMPARE(notesOf(readXmlText(text, true).read.score), std::string("60@0+1 62@1+1 60@2+1"));
    }

    void timesThatNoDivisionHoldsAreRoundedAndReported() {
        std::string content;
        for (const int divisions : {11, 13, 17, 19, 23})
            content +=
                "<attributes><divisions>" + std::to_string(divisions) + "</divisions></attributes>" + noteXml("C4", 1);
        const auto read = readXmlText(partwise(measure(content)));
        QCOMPARE(static_cast<int>(read.read.score.division.ticksPerQuarter), 20160);
        QCOMPARE(read.read.report.worst, midi::Verdict::Repair);
    }

    void anUnknownPartIsPlayedAndReported() {
        const auto read = readXmlText("<score-partwise><part id='X'>" + measure(attributes() + noteXml("C4", 4)) +
                                      "</part></score-partwise>");
        QCOMPARE(notesOf(read.read.score), std::string("60@0+1"));
        QCOMPARE(read.read.report.worst, midi::Verdict::Repair);
    }

    void sixteenBitTextIsRead() {
        const auto text = partwise(measure(attributes() + noteXml("C4", 4)));
        const auto bare = text.substr(text.find("<score-partwise version"));
        std::string wide("\xFF\xFE", 2);
        for (const char c : bare) wide += {c, '\0'};
        QCOMPARE(notesOf(readXmlText(wide).read.score), std::string("60@0+1"));
    }
};

QTEST_APPLESS_MAIN(MusicXmlReaderTest)
#include "musicxml_reader_test.moc"
