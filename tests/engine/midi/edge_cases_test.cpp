#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/engine/midi/smf_bytes.h"

#include <QTest>

using namespace continuo;
using namespace continuo::midi;
using base::Bytes;

Q_DECLARE_METATYPE(continuo::midi::Verdict)
Q_DECLARE_METATYPE(continuo::base::Bytes)

namespace {

/// One row of the reference table of edge cases: bytes, the worst verdict, and how many notes come out.
struct Case {
    const char* name;
    Bytes file;
    Verdict verdict;
    int notes;
};

std::vector<Case> containerCases() {
    const auto one = track(note() + endOfTrack());
    const auto longHeader = text("MThd") + number(10, 4) + number(0, 2) + number(1, 2) + number(480, 2) + text("xtra");
    return {
        {"1 header of ten bytes", longHeader + one, Verdict::Accept, 1},
        {"2 header of four bytes", text("MThd") + number(4, 4) + number(0, 4) + one, Verdict::Refuse, 0},
        {"2 header of no bytes", text("MThd") + number(0, 4) + one, Verdict::Refuse, 0},
        {"3 header longer than any file", text("MThd") + number(0xFFFFFFFF, 4) + number(1, 4) + number(480, 2) + one,
         Verdict::Refuse, 0},
        {"4 format 0 with two tracks", header(0, 2) + one + one, Verdict::Note, 2},
        {"5 format 1 with one track", header(1, 1) + one, Verdict::Accept, 1},
        {"6 format 2", header(2, 2) + one + one, Verdict::Note, 2},
        {"7 format 3", header(3, 1) + one, Verdict::Refuse, 0},
        {"7 format 65535", header(65535, 1) + one, Verdict::Refuse, 0},
        {"8 no tracks declared", header(1, 0) + one, Verdict::Repair, 1},
        {"9 more tracks declared than present", header(1, 5) + one, Verdict::Note, 1},
        {"10 fewer tracks declared than present", header(1, 1) + one + one, Verdict::Note, 2},
        {"11 65535 tracks declared", header(1, 65535) + one, Verdict::Note, 1},
        {"12 division 0", header(0, 1, 0) + one, Verdict::Repair, 1},
        {"13 division 1", header(0, 1, 1) + one, Verdict::Accept, 1},
        {"13 division 32767", header(0, 1, 32767) + one, Verdict::Accept, 1},
        {"14 SMPTE 25 frames of 40", header(0, 1, 0xE728) + one, Verdict::Accept, 1},
        {"14 SMPTE 29.97 frames", header(0, 1, 0xE364) + one, Verdict::Accept, 1},
        {"15 SMPTE 26 frames", header(0, 1, 0xE628) + one, Verdict::Refuse, 0},
        {"15 SMPTE 128 frames of none", header(0, 1, 0x8000) + one, Verdict::Refuse, 0},
        {"15 SMPTE no ticks", header(0, 1, 0xE700) + one, Verdict::Refuse, 0},
        {"16 RIFF wrapper",
         text("RIFF") + bytes({46, 0, 0, 0}) + text("RMIDdata") + bytes({34, 0, 0, 0}) + header(0, 1) + one +
             bytes({0}),
         Verdict::Accept, 1},
        {"17 junk before the header", Bytes(128, std::byte{0}) + header(0, 1) + one, Verdict::Note, 1},
        {"17 too much junk", Bytes(2000, std::byte{0}) + header(0, 1) + one, Verdict::Refuse, 0},
        {"18 gzip", bytes({0x1F, 0x8B, 8, 0}) + one, Verdict::Refuse, 0},
        {"18 zip", text("PK\x03\x04") + one, Verdict::Refuse, 0},
        {"19 empty file", {}, Verdict::Refuse, 0},
        {"19 four bytes", text("MThd"), Verdict::Refuse, 0},
        {"19 thirteen bytes", text("MThd") + number(6, 4) + number(0, 4) + bytes({1}), Verdict::Refuse, 0},
        {"19a a header and nothing else", header(1, 0), Verdict::Note, 0},
        {"20 MIDI 2 clip", text("SMF2CLIP") + one, Verdict::Refuse, 0},
        {"21 trailing bytes", header(0, 1) + one + bytes({1, 2, 3, 4, 5}), Verdict::Note, 1},
        {"22 a second file behind", header(0, 1) + one + header(0, 1) + one, Verdict::Note, 1},
        {"23 unknown chunk first", header(0, 1) + chunk("XFIH", bytes({1, 2, 3})) + one, Verdict::Accept, 1},
        {"24 unknown chunk between", header(1, 2) + one + chunk("XFKM", bytes({9})) + one, Verdict::Accept, 2},
        {"25 unknown chunk longer than the file", header(0, 1) + text("XFIH") + number(9999, 4) + one, Verdict::Note,
         1},
        {"33 empty track", header(1, 2) + track({}) + one, Verdict::Accept, 1},
        {"34 only an end", header(1, 2) + track(endOfTrack()) + one, Verdict::Accept, 1},
    };
}

std::vector<Case> chunkCases() {
    const auto data = note() + endOfTrack();
    const auto size = static_cast<std::uint32_t>(data.size());
    const auto other = track(note(72) + endOfTrack());
    const auto sized = [&](std::uint32_t length) { return text("MTrk") + number(length, 4) + data; };
    return {
        {"26 length too long, end present", header(0, 1) + sized(size + 100), Verdict::Note, 1},
        {"27 length reaches into the next track", header(1, 2) + sized(size + 3) + other, Verdict::Repair, 2},
        {"28 length cuts an event", header(1, 2) + sized(size - 6) + other, Verdict::Repair, 2},
        {"29 length 0 with data behind", header(0, 1) + sized(0), Verdict::Repair, 1},
        {"30 length FFFFFFFF", header(0, 1) + sized(0xFFFFFFFF), Verdict::Note, 1},
        {"31 cut inside an event", header(0, 1) + text("MTrk") + number(99, 4) + bytes({0, 0x90, 60, 80, 10, 0x80}),
         Verdict::Repair, 1},
        {"32 odd byte between chunks", header(1, 2) + track(data) + bytes({0}) + other, Verdict::Repair, 2},
        {"35 no end of track", header(0, 1) + track(note()), Verdict::Note, 1},
        {"36 events after the end", header(0, 1) + track(note() + endOfTrack() + note()), Verdict::Note, 1},
        {"37 end with data", header(0, 1) + track(note() + bytes({0, 0xFF, 0x2F, 1, 7})), Verdict::Note, 1},
        {"38 silence at the end", oneTrack(note() + bytes({0x83, 0x00, 0xFF, 0x01, 0})), Verdict::Accept, 1},
    };
}

std::vector<Case> eventCases() {
    const auto song = [](const Bytes& events) { return oneTrack(events); };
    return {
        {"40 two byte delta, second 80", song(bytes({0, 0x90, 60, 80, 0x81, 0x80, 0x00, 0x80, 60, 0})), Verdict::Accept,
         1},
        {"41 non-minimal delta", song(bytes({0x80, 0x80, 0x00, 0x90, 60, 80, 10, 0x80, 60, 0})), Verdict::Accept, 1},
        {"42 five byte delta", song(note() + bytes({0x81, 0x80, 0x80, 0x80, 0x00, 0x90, 60, 80})), Verdict::Note, 1},
        {"43 ten times FF", song(note() + Bytes(10, std::byte{0xFF})), Verdict::Note, 1},
        {"44 delta cut by the end", header(0, 1) + track(note() + bytes({0x81})), Verdict::Repair, 1},
        {"48 text longer than the file", song(note() + bytes({0, 0xFF, 1, 0xFF, 0xFF, 0xFF, 0x7F})), Verdict::Repair,
         1},
        {"49 sysex length of five bytes", song(note() + bytes({0, 0xF0, 0x81, 0x80, 0x80, 0x80, 0x00})), Verdict::Note,
         1},
        {"50 running status", song(bytes({0, 0x90, 60, 80, 10, 60, 0, 0, 62, 80, 10, 62, 0})), Verdict::Accept, 2},
        {"51 running status after a meta event", song(bytes({0, 0x90, 60, 80, 0, 0xFF, 1, 0, 10, 60, 0})),
         Verdict::Note, 1},
        {"52 running status after sysex", song(bytes({0, 0x90, 60, 80, 0, 0xF0, 1, 0xF7, 10, 60, 0})), Verdict::Note,
         1},
        {"53 data without status", song(bytes({0, 60, 80}) + bytes({0x90, 62, 80, 10, 0x80, 62, 0})), Verdict::Repair,
         1},
        {"55 status where data belongs", song(bytes({0, 0x90, 60, 0x90, 62, 80, 10, 0x80, 62, 0})), Verdict::Note, 1},
        {"56 song position in a track", song(bytes({0, 0xF2, 1, 2}) + note()), Verdict::Skip, 1},
        {"57 undefined F4", song(bytes({0, 0xF4}) + note()), Verdict::Note, 1},
        {"58 real time byte keeps running status", song(bytes({0, 0x90, 60, 80, 0, 0xF8, 10, 60, 0})), Verdict::Skip,
         1},
        {"59 unknown meta above 7F", song(bytes({0, 0xFF, 0x90, 1, 5}) + note()), Verdict::Accept, 1},
        {"60 note-on of velocity 0 ends", song(bytes({0, 0x90, 60, 80, 10, 0x90, 60, 0})), Verdict::Accept, 1},
        {"62 never ended", song(bytes({0, 0x90, 60, 80, 10, 0xFF, 1, 0})), Verdict::Repair, 1},
        {"63 note-off without a note", song(bytes({0, 0x80, 60, 64}) + note()), Verdict::Note, 1},
        {"64 zero length", song(bytes({0, 0x90, 60, 80, 0, 0x80, 60, 0})), Verdict::Accept, 1},
        {"67 two notes, one end", song(bytes({0, 0x90, 60, 80, 5, 0x90, 60, 70, 5, 0x80, 60, 0})), Verdict::Repair, 2},
        {"69 ended in another track",
         header(1, 2) + track(bytes({0, 0x90, 60, 80}) + endOfTrack(99)) +
             track(bytes({50, 0x80, 60, 0}) + endOfTrack()),
         Verdict::Note, 1},
        {"71 all notes off is the only end", song(bytes({0, 0x90, 60, 80, 20, 0xB0, 123, 0}) + bytes({50, 0xFF, 1, 0})),
         Verdict::Note, 1},
        {"73 keys 0 and 127", song(note(0) + note(127)), Verdict::Accept, 2},
        {"74 tempo 0", song(bytes({0, 0xFF, 0x51, 3, 0, 0, 0}) + note()), Verdict::Repair, 1},
        {"75 tempo of one microsecond", song(bytes({0, 0xFF, 0x51, 3, 0, 0, 1}) + note()), Verdict::Accept, 1},
        {"76 tempo of two bytes", song(bytes({0, 0xFF, 0x51, 2, 1, 1}) + note()), Verdict::Skip, 1},
        {"76 tempo of four bytes", song(bytes({0, 0xFF, 0x51, 4, 7, 1, 1, 1}) + note()), Verdict::Note, 1},
        {"79 denominator exponent 255", song(bytes({0, 0xFF, 0x58, 4, 4, 255, 24, 8}) + note()), Verdict::Repair, 1},
        {"80 numerator 0", song(bytes({0, 0xFF, 0x58, 4, 0, 2, 24, 8}) + note()), Verdict::Repair, 1},
        {"81 numerator 255", song(bytes({0, 0xFF, 0x58, 4, 255, 2, 24, 8}) + note()), Verdict::Accept, 1},
        {"82 meter of two bytes", song(bytes({0, 0xFF, 0x58, 2, 3, 2}) + note()), Verdict::Note, 1},
        {"84 eight sharps", song(bytes({0, 0xFF, 0x59, 2, 8, 0}) + note()), Verdict::Note, 1},
        {"84 mode 2", song(bytes({0, 0xFF, 0x59, 2, 0, 2}) + note()), Verdict::Note, 1},
        {"85 key of no bytes", song(bytes({0, 0xFF, 0x59, 0}) + note()), Verdict::Note, 1},
        {"87 NUL and newline in a name", song(bytes({0, 0xFF, 3, 3, 'a', 0, '\n'}) + note()), Verdict::Accept, 1},
        {"90 unknown meta with a long length", song(bytes({0, 0xFF, 0x60, 0x80, 0x01, 5}) + note()), Verdict::Accept,
         1},
        {"94 empty port", song(bytes({0, 0xFF, 0x21, 0}) + note()), Verdict::Skip, 1},
        {"96 sysex", song(bytes({0, 0xF0, 5, 0x7E, 0x7F, 9, 1, 0xF7}) + note()), Verdict::Accept, 1},
        {"97 empty sysex", song(bytes({0, 0xF0, 0}) + note()), Verdict::Accept, 1},
        {"98 sysex in packets", song(bytes({0, 0xF0, 2, 1, 2, 5, 0xF7, 2, 3, 0xF7}) + note()), Verdict::Accept, 1},
        {"99 escaped note is no note", song(bytes({0, 0xF7, 3, 0x90, 64, 64}) + note()), Verdict::Accept, 1},
        {"100 empty escape", song(bytes({0, 0xF7, 0}) + note()), Verdict::Accept, 1},
        {"101 high bytes in sysex", song(bytes({0, 0xF0, 3, 0x7E, 0x99, 0xF7}) + note()), Verdict::Note, 1},
        {"111 pressures and bend", song(bytes({0, 0xA0, 60, 5, 0, 0xD0, 7, 0, 0xE0, 0, 64}) + note()), Verdict::Accept,
         1},
    };
}

} // namespace

class EdgeCasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOddityHasItsVerdict_data() {
        QTest::addColumn<Bytes>("file");
        QTest::addColumn<Verdict>("verdict");
        QTest::addColumn<int>("notes");
        for (const auto& cases : {containerCases(), chunkCases(), eventCases()})
            for (const auto& each : cases) QTest::newRow(each.name) << each.file << each.verdict << each.notes;
    }

    void everyOddityHasItsVerdict() {
        QFETCH(Bytes, file);
        QFETCH(Verdict, verdict);
        QFETCH(int, notes);
        const auto read = midi::read(file);
        if (verdict == Verdict::Refuse) {
            QVERIFY2(!read, "should be refused");
            QVERIFY2(read.error().message.find("(byte ") != std::string::npos, read.error().message.c_str());
            return;
        }
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        const auto first = read->report.lines.empty() ? std::string() : read->report.lines[0].text;
        QVERIFY2(read->report.worst == verdict, (std::string(verdictName(read->report.worst)) + ": " + first).c_str());
        QCOMPARE(static_cast<int>(score::noteCount(read->score)), notes);
        QVERIFY2(midi::write(read->score) == file, "an untouched file is written byte for byte");
    }

    void pairingIsFirstInFirstOut() {
        const auto read =
            midi::read(oneTrack(bytes({0, 0x90, 60, 11, 10, 0x90, 60, 22, 10, 0x80, 60, 0, 10, 0x80, 60, 0})));
        const auto& notes = read->score.tracks.at(0).notes;
        QCOMPARE(int{notes.at(0).velocity}, 11);
        QCOMPARE(notes.at(0).length.count, 20);
        QCOMPARE(notes.at(1).length.count, 20);
    }

    void anOffAndAnOnAtOneTickPairInFileOrder() {
        const auto read =
            midi::read(oneTrack(bytes({0, 0x90, 60, 80, 10, 0x80, 60, 0, 0, 0x90, 60, 80, 10, 0x80, 60, 0})));
        for (const auto& note : read->score.tracks.at(0).notes) QCOMPARE(note.length.count, 10);
    }

    void tracksAreChunkPortAndChannel() {
        const auto port = [](int number) { return bytes({0, 0xFF, 0x21, 1, number}); };
        const auto read =
            midi::read(header(1, 2) + track(note() + bytes({0, 0x91, 60, 80, 5, 0x81, 60, 0}) + endOfTrack()) +
                       track(port(1) + note() + endOfTrack()));
        const auto& tracks = read->score.tracks;
        QCOMPARE(tracks.size(), std::size_t{3});
        QCOMPARE(int{tracks[1].channel}, 1);
        QCOMPARE(tracks[2].chunk, 1);
        QCOMPARE(int{tracks[2].port}, 1);
    }

    void secondsCountTheEndOfTrackUnderAllTempos() {
        const auto file = header(1, 2, 100) + track(bytes({0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40}) + endOfTrack()) +
                          track(note(60, 50) + endOfTrack(100));
        QCOMPARE(midi::read(file)->seconds, 1.5);
        const auto smpte =
            header(0, 1, 0xE728) + track(bytes({0, 0xFF, 0x51, 3, 0, 0, 1}) + note(60, 100) + endOfTrack(0));
        QCOMPARE(midi::read(smpte)->seconds, 0.1);
    }

    void latinNamesAreShownAndKept() {
        const auto file = oneTrack(bytes({0, 0xFF, 3, 2, 0xE9, 'x'}) + note());
        const auto read = midi::read(file);
        QCOMPARE(read->score.tracks.at(0).name, std::string("\xC3\xA9x"));
        QVERIFY(midi::write(read->score) == file);
    }

    void countsInHeadersSizeNoAllocation() {
        const auto file = header(1, 65535) + text("MTrk") + number(0xFFFFFFF0, 4) + note();
        const auto read = midi::read(file);
        QVERIFY(read.has_value());
        QCOMPARE(read->noteOns, std::size_t{1});
    }

    void aMebibyteOfOpenNotesIsReadInTime() {
        Bytes events = bytes({0, 0x90, 60, 80});
        for (int i = 0; i < 350'000; ++i)
            events.insert(events.end(), {std::byte{0}, std::byte(i % 128), std::byte{80}});
        const auto read = midi::read(oneTrack(events));
        QCOMPARE(read->noteOns, std::size_t{350'001});
        QVERIFY(read->report.furtherLines > 300'000);
    }
};

QTEST_APPLESS_MAIN(EdgeCasesTest)
#include "edge_cases_test.moc"
