#include "engine/base/files.h"
#include "tests/ui/window/studio_fixture.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/shortcuts/shortcuts.h"

#include <QApplication>
#include <QMouseEvent>
#include <QProcess>

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

/// A real piece written from nothing with the habits of each program: mouse and key events go in, a file comes out,
/// and a reader that shares no code with the studio says what is in it.
namespace {

constexpr int kQuarter = 960;

struct Written {
    int track = 0;
    int onset = 0, length = 0, pitch = 0; // ticks
    friend auto operator<=>(const Written&, const Written&) = default;
};

/// The first eight bars of the minuet in G by Christian Petzold (BWV Anh. 114, before 1725).
/// In each bar: how many eighths, then the key.
using Bar = std::vector<std::pair<int, int>>;
const std::vector<Bar> kRight{
    {{2, 74}, {1, 67}, {1, 69}, {1, 71}, {1, 72}}, {{2, 74}, {2, 67}, {2, 67}},
    {{2, 76}, {1, 72}, {1, 74}, {1, 76}, {1, 78}}, {{2, 79}, {2, 67}, {2, 67}},
    {{2, 72}, {1, 74}, {1, 72}, {1, 71}, {1, 69}}, {{2, 71}, {1, 72}, {1, 71}, {1, 69}, {1, 67}},
    {{2, 66}, {1, 67}, {1, 69}, {1, 71}, {1, 67}}, {{6, 69}}};
const std::vector<Bar> kLeft{{{4, 55}, {2, 57}},
                             {{6, 59}},
                             {{6, 60}},
                             {{6, 59}},
                             {{6, 57}},
                             {{6, 55}},
                             {{2, 62}, {2, 59}, {2, 55}},
                             {{2, 62}, {1, 50}, {1, 60}, {1, 59}, {1, 57}}};

std::vector<Written> minuet() {
    std::vector<Written> notes;
    int track = 0;
    for (const auto* hand : {&kRight, &kLeft}) {
        int at = 0;
        for (const auto& bar : *hand)
            for (const auto& [eighths, pitch] : bar) {
                notes.push_back({track, at, eighths * kQuarter / 2, pitch});
                at += eighths * kQuarter / 2;
            }
        ++track;
    }
    return notes;
}

/// A small reader of Standard MIDI Files: the notes of each chunk that has some.
class SmallReader {
public:
    explicit SmallReader(std::string bytes) : bytes_(std::move(bytes)) {}

    std::vector<Written> notes() {
        std::vector<Written> all;
        at_ = 8 + number(4, 4);
        int track = 0;
        while (at_ + 8 <= bytes_.size()) {
            const auto end = at_ + 8 + number(at_ + 4, 4);
            at_ += 8;
            const auto found = chunk(end, track);
            if (!found.empty()) ++track;
            all.insert(all.end(), found.begin(), found.end());
            at_ = end;
        }
        std::ranges::sort(all);
        return all;
    }
    int division() const { return static_cast<int>(number(12, 2)); }

private:
    std::size_t number(std::size_t at, int size) const {
        std::size_t value = 0;
        for (int i = 0; i < size; ++i)
            value = value << 8 | static_cast<unsigned char>(bytes_[at + static_cast<std::size_t>(i)]);
        return value;
    }
    int byte() { return static_cast<unsigned char>(bytes_[at_++]); }
    int variable() {
        int value = 0, part = 0;
        do {
            part = byte();
            value = value << 7 | (part & 0x7F);
        } while (part & 0x80);
        return value;
    }
    std::vector<Written> chunk(std::size_t end, int track) {
        std::vector<Written> done;
        std::map<int, int> began;
        int now = 0, status = 0;
        while (at_ < end) {
            now += variable();
            if (static_cast<unsigned char>(bytes_[at_]) & 0x80) status = byte();
            if (status == 0xFF || status == 0xF0 || status == 0xF7) {
                if (status == 0xFF) ++at_;
                at_ += static_cast<std::size_t>(variable());
                continue;
            }
            const int kind = status & 0xF0, first = byte();
            const int second = kind == 0xC0 || kind == 0xD0 ? 0 : byte();
            if (kind == 0x90 && second > 0) began[first] = now;
            if (kind == 0x80 || (kind == 0x90 && second == 0)) {
                done.push_back({track, began.at(first), now - began.at(first), first});
            }
        }
        return done;
    }

    std::string bytes_;
    std::size_t at_ = 0;
};

/// A hand on the roll of the studio.
class Writer {
public:
    explicit Writer(StudioFixture& studio)
        : studio_(studio), roll_(*studio.window.findChild<RollPanel*>()), view_(roll_.view()) {
        auto geometry = roll_.state().geometry();
        geometry.pixelsPerTick = 0.04;
        geometry.rowHeight = 10;
        geometry.scrollX = 0;
        geometry.scrollY = (127 - 84) * 10;
        roll_.state().setGeometry(geometry);
        view_.setFocus();
    }

    void write(const QString& preset, const Written& note) {
        const auto from = at(note.onset, note.pitch) + QPointF(2, 0), to = at(note.onset + note.length, note.pitch);
        if (preset == "FL-like") return place(note);
        if (preset == "Logic-like") return drag(from, to, Qt::ControlModifier);
        if (preset == "REAPER-like") return drag(from, to, {});
        drag(from, from, {});
        send(QEvent::MouseButtonDblClick, from, Qt::LeftButton, Qt::LeftButton, {});
        send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton, {});
        send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, {});
        send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton, {});
    }
    /// The key that the preset gives to a command.
    void key(const QString& id) {
        const auto stroke = shortcut(id).keys.first()[0];
        QTest::keyClick(&view_, stroke.key(), stroke.keyboardModifiers());
    }

private:
    QPointF at(int tick, int pitch) {
        const auto& geometry = roll_.state().geometry();
        return {geometry.xOf({tick}), geometry.yOf(pitch) + geometry.rowHeight / 2};
    }
    void send(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers held) {
        QMouseEvent event(type, at, view_.mapToGlobal(at), button, buttons, held);
        QApplication::sendEvent(&view_, &event);
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers held) {
        send(QEvent::MouseButtonPress, from, Qt::LeftButton, Qt::LeftButton, held);
        if (from != to) {
            send(QEvent::MouseMove, (from + to) / 2, Qt::NoButton, Qt::LeftButton, held);
            send(QEvent::MouseMove, to, Qt::NoButton, Qt::LeftButton, held);
        }
        send(QEvent::MouseButtonRelease, to, Qt::LeftButton, Qt::NoButton, held);
    }
    /// As in FL Studio: a click is a note as long as the last one; its end is dragged where that is not it.
    void place(const Written& note) {
        const auto from = at(note.onset, note.pitch) + QPointF(2, 0);
        drag(from, from, {});
        const auto* track = studio_.document.currentTrackContent();
        const auto placed = std::ranges::find_if(track->notes, [&](const score::Note& each) {
            return each.onset.fromStart == note.onset && each.pitch == note.pitch;
        });
        if (placed == track->notes.end() || placed->length.count == note.length) return;
        const auto end = static_cast<int>(placed->end().fromStart);
        drag(at(end, note.pitch) - QPointF(2, 0), at(note.onset + note.length, note.pitch) - QPointF(2, 0), {});
    }

    StudioFixture& studio_;
    RollPanel& roll_;
    PianoRollView& view_;
};

/// What mido reads, one note a line; nothing where there is no mido.
std::optional<std::vector<Written>> readByMido(const QString& file) {
    QProcess python;
    const auto script = QStringLiteral(
        "import sys, mido\n"
        "track = 0\n"
        "for chunk in mido.MidiFile(sys.argv[1]).tracks:\n"
        "    now, began, found = 0, {}, False\n"
        "    for message in chunk:\n"
        "        now += message.time\n"
        "        if message.type == 'note_on' and message.velocity > 0: began[message.note] = now\n"
        "        elif message.type in ('note_on', 'note_off'):\n"
        "            print(track, began[message.note], now - began[message.note], message.note); found = True\n"
        "    track += found\n");
    python.start(qEnvironmentVariable("CONTINUO_PYTHON", QStringLiteral("python3")), {"-c", script, file});
    if (!python.waitForFinished() || python.exitCode() != 0) return std::nullopt;
    std::vector<Written> notes;
    for (const auto& line : python.readAllStandardOutput().split('\n')) {
        const auto words = line.split(' ');
        if (words.size() == 4)
            notes.push_back({words[0].toInt(), words[1].toInt(), words[2].toInt(), words[3].toInt()});
    }
    std::ranges::sort(notes);
    return notes;
}

} // namespace

class WrittenInPresetsTest : public QObject {
    Q_OBJECT

    /// Writes the minuet with the habits of `preset` and saves it; the file's name.
    static QString written(StudioFixture& studio, const QString& preset) {
        shortcutBook().usePreset(preset);
        studio.action("addTrack")->trigger();
        QTest::keyClicks(QApplication::focusWidget(), "Cello");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        Writer writer(studio);
        writer.key("previousTrack");
        bool atLeft = false;
        for (const auto& note : minuet()) {
            if (note.track == 1 && !std::exchange(atLeft, true)) writer.key("nextTrack");
            writer.write(preset, note);
        }
        const auto file = studio.folder.filePath("minuet.mid");
        studio.document.markSaved(file.toStdString());
        studio.rename("Right hand"); // changed again, so that there is something to save
        writer.key("save");
        return file;
    }

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void theSmallReaderReadsAndSeesAPlantedFault() {
        const std::string head("MThd\0\0\0\6\0\1\0\1\3\xC0", 14);
        const std::string body("\0\x90\x3C\x50\x87\x40\x3C\0\0\xFF\x2F\0", 12);
        const std::string chunk = std::string("MTrk\0\0\0\x0C", 8) + body;
        SmallReader reader(head + chunk);
        QCOMPARE(reader.division(), 960);
        QVERIFY(reader.notes() == std::vector<Written>({{0, 0, 960, 60}}));
        auto longer = head + chunk;
        longer[head.size() + 8 + 5] = '\x41';
        QVERIFY(SmallReader(longer).notes() != std::vector<Written>({{0, 0, 960, 60}}));
    }

    void eightBarsAreWrittenWithTheHabitsOfEachProgram_data() {
        QTest::addColumn<QString>("preset");
        for (const auto& name : shortcutBook().table().presetNames()) QTest::newRow(qPrintable(name)) << name;
    }
    void eightBarsAreWrittenWithTheHabitsOfEachProgram() {
        QFETCH(QString, preset);
        StudioFixture studio;
        const auto file = written(studio, preset);
        const auto bytes = base::readTextFile(file.toStdString());
        QVERIFY(bytes);
        SmallReader reader(*bytes);
        auto expected = minuet();
        std::ranges::sort(expected);
        const auto read = reader.notes();
        QCOMPARE(reader.division(), kQuarter);
        QCOMPARE(read.size(), expected.size());
        for (std::size_t i = 0; i < read.size(); ++i)
            QVERIFY2(
                read[i] == expected[i],
                qPrintable(
                    QString("note %1: %2 %3 %4").arg(i).arg(read[i].onset).arg(read[i].length).arg(read[i].pitch)));
        if (const auto byMido = readByMido(file)) QVERIFY(*byMido == expected);
        shortcutBook().usePreset("Continuo");
    }
};

QTEST_MAIN(WrittenInPresetsTest)
#include "written_in_presets_test.moc"
