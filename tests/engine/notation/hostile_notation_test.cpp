#include "engine/base/random.h"
#include "engine/notation/abc_reader.h"
#include "engine/notation/musicxml_reader.h"
#include "engine/notation/notation_limits.h"
#include "tests/engine/notation/notation_text.h"
#include "tests/engine/notation/zip_bytes.h"

#include <QElapsedTimer>
#include <QTest>

using namespace continuo;
using namespace continuo::notation;

namespace {

std::string goodXml() {
    return partwise(
        measure(
            attributes("<time><beats>4</beats><beat-type>4</beat-type></time><key><fifths>1</fifths></key>") +
            noteXml("C4", 4, "<tie type='start'/><voice>1</voice>") + noteXml("C4", 4, "<tie type='stop'/>") +
            "<direction><direction-type><dynamics><ff/></dynamics></direction-type><sound tempo='90'/></direction>" +
            noteXml("E4", 8, "", "<chord/>") + "<backup><duration>8</duration></backup>" + restXml(8)) +
        measure(noteXml("F#4", 16) + "<barline location='right'><repeat direction='backward' times='3'/></barline>"));
}

std::string goodAbc() {
    return "X:1\nT:Tune\nM:6/8\nL:1/8\nQ:3/8=60\nK:Ador\n|: A>B ^c-|c {g}(3def [CEG]2 :|1 z2 & C2 :|2 \"Am\"A,, !p!a'/ "
           "||\n"
           "V:2 transpose=-2\n[K:D] [L:1/4] d2 Z2 | D-|D :|\nX:2\nK:C\nCDEF|\n";
}

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    all.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i) all += text;
    return all;
}

/// Some bytes changed, removed, doubled or moved: a file that went through bad hands.
std::string damaged(std::string text, base::Random& random) {
    const auto place = [&] { return static_cast<std::size_t>(random.below(text.size())); };
    for (auto faults = 1 + random.below(6); faults > 0 && text.size() > 8; --faults) {
        const auto at = place();
        const auto count = std::min<std::size_t>(static_cast<std::size_t>(random.below(24)) + 1, text.size() - at);
        switch (random.below(5)) {
        case 0:
            text[at] = static_cast<char>(random.below(256));
            break;
        case 1:
            text.erase(at, count);
            break;
        case 2:
            text.insert(at, text.substr(place(), count));
            break;
        case 3:
            text.insert(at, std::string(count, "0123456789<>/&|:[]()'-^"[random.below(23)]));
            break;
        default:
            text.resize(at + 1);
        }
    }
    return text;
}

void checkValues(const NotationRead& read) {
    for (const auto& track : read.read.score.tracks)
        for (const auto& note : track.notes) {
            QVERIFY(note.pitch <= 127 && note.velocity >= 1 && note.velocity <= 127);
            QVERIFY(note.onset.fromStart >= 0 && note.length.count >= 0);
        }
    for (const auto& meter : read.read.score.meters) QVERIFY(meter.numerator > 0 && meter.denominatorPower <= 7);
    for (const auto& tempo : read.read.score.tempos) QVERIFY(tempo.microsecondsPerQuarter > 0);
}

} // namespace

class HostileNotationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hostileXmlIsRefusedWithLineAndByte_data() {
        QTest::addColumn<std::string>("xml");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const std::string& xml, const char* why) {
            QTest::newRow(name) << xml << QString(why);
        };
        row("entities that multiply",
            "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><score-partwise>&b;</score-partwise>",
            "document type of its own");
        row("a file as an entity",
            "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><score-partwise>&a;</score-partwise>",
            "document type of its own");
        row("an entity that nothing defines", "<score-partwise>&a;</score-partwise>", "undefined entity");
        row("an entity of the outer definition",
            "<!DOCTYPE s PUBLIC 'x' 'y'><score-partwise><part-list>&a;</part-list></score-partwise>", "no part");
        row("deep nesting", "<score-partwise><part id='P'><measure><note>" + repeated("<a>", 5000),
            "nested too deeply");
        row("deep nesting in what is skipped", "<score-partwise>" + repeated("<defaults>", 5000), "nested too deeply");
        row("a note that holds too much", "<score-partwise><part id='P'><measure><note>" + repeated("<dot/>", 5000),
            "holds too much");
        row("a text without end", "<score-partwise><part id='P'><measure><note><voice>" + std::string(200'000, '1'),
            "too much text");
        row(
            "too many parts",
            "<score-partwise>" + repeated("<part id='P'/>", 1) +
                [] {
                    std::string parts;
                    for (int i = 0; i < 300; ++i) parts += "<part id='" + std::to_string(i) + "'/>";
                    return parts + "</score-partwise>";
                }(),
            "more than 256 parts");
        row("too many measures", "<score-partwise><part id='P'>" + repeated("<measure/>", 40'000), "32,768 measures");
        row("a measure without end", partwise(measure("<forward><duration>99999999</duration></forward>")),
            "has no end");
        row("not closed", "<score-partwise><part-list>", "ends too early");
        row("other XML", "<html/>", "no MusicXML score");
        row("empty", "", "ends too early");
        row("no part", "<score-partwise><part-list/></score-partwise>", "no part");
        row("unknown encoding", "<?xml version='1.0' encoding='klingon'?><score-partwise/>", "encoding");
    }
    void hostileXmlIsRefusedWithLineAndByte() {
        QFETCH(std::string, xml);
        QFETCH(QString, why);
        const auto read = readMusicXml(base::bytesOf(xml));
        QVERIFY(!read);
        const auto message = QString::fromStdString(read.error().message);
        QVERIFY2(message.contains(why) && message.endsWith(')') && message.contains("(byte "), qPrintable(message));
    }

    void anOrdinaryArchiveOpens() {
        const auto read = readMusicXml(
            base::bytesOf(zipOf({{"META-INF/container.xml", containerFor("a/b.xml")}, {"a/b.xml", goodXml()}})));
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QVERIFY(notesOf(read->read.score) == notesOf(readMusicXml(base::bytesOf(goodXml()))->read.score));
    }

    void hostileArchivesAreRefused_data() {
        QTest::addColumn<std::string>("archive");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const std::string& archive, const char* why) {
            QTest::newRow(name) << archive << QString(why);
        };
        const auto with = [](const std::string& path) {
            return zipOf({{"META-INF/container.xml", containerFor(path)}, {path, goodXml()}});
        };
        row("no container", zipOf({{"a.xml", goodXml()}}), "no file 'META-INF");
        row("path upwards", with("../a.xml"), "outside of it");
        row("absolute path", with("/etc/passwd"), "outside of it");
        row("path with a backslash", with("a\\\\b.xml"), "outside of it");
        row("score is missing", zipOf({{"META-INF/container.xml", containerFor("a.xml")}}), "no file 'a.xml'");
        row("empty container", zipOf({{"META-INF/container.xml", "<container/>"}}), "names no score");
        row("broken container", zipOf({{"META-INF/container.xml", "<container>"}}), "ends too early");
        row("cut", with("a.xml").substr(0, 300), "refused");
        row(
            "too many files",
            [] {
                std::vector<std::pair<std::string, std::string>> entries;
                for (int i = 0; i < 1100; ++i) entries.emplace_back("f" + std::to_string(i), "");
                entries.emplace_back("META-INF/container.xml", containerFor("a.xml"));
                return zipOf(entries);
            }(),
            "1,024 files");
        row(
            "content that does not fit its checksum",
            [&] {
                auto archive = with("a.xml");
                archive[archive.find("<part-list>") + 1] = 'q';
                return archive;
            }(),
            "damaged");
    }
    void hostileArchivesAreRefused() {
        QFETCH(std::string, archive);
        QFETCH(QString, why);
        const auto read = readMusicXml(base::bytesOf(archive));
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(why), read.error().message.c_str());
    }

    void hostileAbcIsRefused_data() {
        QTest::addColumn<std::string>("abc");
        QTest::addColumn<QString>("why");
        const auto row = [](const char* name, const std::string& abc, const char* why) {
            QTest::newRow(name) << abc << QString(why);
        };
        const std::string head = "X:1\nL:1/4\nK:C\n";
        row("no tune", "hello", "no ABC tune");
        row("no key", "X:1\nT:x\n", "has no key");
        row("a line without end", head + std::string(100'000, 'C'), "longer than 64 KiB");
        row("too many notes", head + repeated(std::string(1000, 'C') + "\n", 600), "524,288 notes");
        row(
            "too many voices",
            head +
                [] {
                    std::string voices;
                    for (int i = 0; i < 80; ++i) voices += "V:" + std::to_string(i) + "\nC\n";
                    return voices;
                }(),
            "64 voices");
        row("a piece without end", head + repeated("Z1000\n", 400), "1,048,576 quarter");
    }
    void hostileAbcIsRefused() {
        QFETCH(std::string, abc);
        QFETCH(QString, why);
        const auto read = readAbc(base::bytesOf(abc));
        QVERIFY(!read);
        QVERIFY2(QString::fromStdString(read.error().message).contains(why), read.error().message.c_str());
    }

    void nothingButTiesCostsNoMoreThanNotes() {
        QElapsedTimer watch;
        std::string music;
        for (int i = 0; i < 300; ++i) music += repeated("C-", 500) + "\n";
        watch.start();
        const auto read = readAbc(base::bytesOf("X:1\nL:1/4\nK:C\n" + music));
        QVERIFY(read.has_value());
        QCOMPARE(read->read.noteOns, std::size_t{1});
        qInfo("150,000 tied notes in %lld ms", watch.elapsed());
    }

    /// Twenty thousand damaged files in all, under AddressSanitizer in the asan preset.
    void damagedFilesAreReadOrRefused() {
        base::Random random(20'240);
        std::size_t opened = 0;
        const auto zip = zipOf({{"META-INF/container.xml", containerFor("a.xml")}, {"a.xml", goodXml()}});
        for (int i = 0; i < 20'000; ++i) {
            const bool isAbc = i % 2 == 0;
            const auto text = damaged(isAbc ? goodAbc() : i % 16 == 1 ? zip : goodXml(), random);
            const NotationOptions options{random.below(2) == 0};
            const auto read =
                isAbc ? readAbc(base::bytesOf(text), options) : readMusicXml(base::bytesOf(text), options);
            if (!read) {
                QVERIFY2(QString::fromStdString(read.error().message).contains("(byte "), read.error().message.c_str());
                continue;
            }
            ++opened;
            checkValues(*read);
        }
        QVERIFY(opened > 5'000);
        qInfo("20,000 damaged files: %zu opened, the rest refused with a sentence", opened);
    }
};

QTEST_APPLESS_MAIN(HostileNotationTest)
#include "hostile_notation_test.moc"
