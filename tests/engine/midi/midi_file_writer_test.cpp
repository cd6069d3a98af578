#include "engine/base/random.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/score/note_operations.h"
#include "tests/engine/midi/smf_bytes.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace continuo;
using namespace continuo::midi;
using base::Bytes;
using score::Tick;
using score::Ticks;

namespace {

/// A file with everything: two chunks, running status, 9n-00 and 8n ends, release velocities, text, sysex packets,
/// unknown chunks, a wide delta, trailing bytes.
Bytes richFile() {
    const auto conductor = bytes({0, 0xFF, 3,    4, 'S', 'o', 'n', 'g', 0, 0xFF, 0x51, 3, 7, 0xA1, 0x20,
                                  0, 0xFF, 0x58, 4, 3,   2,   24,  8,   0, 0xFF, 0x7F, 3, 1, 2,    3}) +
                           endOfTrack(0);
    auto events = bytes({0, 0xFF, 3, 5,  'P', 'i', 'a',  'n', 'o', 0, 0xC0, 5,    0, 0xB0,
                         7, 100,  0, 10, 64,  0,   0xF0, 2,   1,   2, 3,    0xF7, 1, 0xF7});
    for (int i = 0; i < 40; ++i)
        events = events +
                 bytes({0, 0x90, 60 + i % 12, 80, 10, 60 + i % 12, 0, 0x80, 0x05, 0x91, 40, 70, 3, 0x81, 40, i % 128});
    return header(1, 2) + chunk("XFIH", bytes({1, 2})) + track(conductor) + chunk("junk", {}) +
           track(events + endOfTrack(96)) + bytes({0, 1, 2});
}

/// Every event of every chunk as one line of text, by a reader of this test's own that knows only clean files.
std::vector<std::string> plainEvents(const Bytes& file) {
    std::vector<std::string> lines;
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(file.at(i)); };
    const auto length = [&](std::size_t& i) {
        unsigned value = 0;
        while (true) {
            const auto byte = at(i++);
            value = value << 7 | (byte & 127);
            if (byte < 128) return value;
        }
    };
    for (std::size_t chunk = 14, number = 0; chunk + 8 <= file.size(); ++number) {
        const auto size = at(chunk + 4) << 24 | at(chunk + 5) << 16 | at(chunk + 6) << 8 | at(chunk + 7);
        const auto end = chunk + 8 + size;
        if (base::textOf(file).substr(chunk, 4) != "MTrk") {
            lines.push_back("chunk " + std::string(base::textOf(file).substr(chunk, 4)));
            chunk = end;
            continue;
        }
        unsigned tick = 0, running = 0;
        for (std::size_t i = chunk + 8; i < end;) {
            tick += length(i);
            auto status = at(i);
            status >= 128 ? void(++i) : void(status = running);
            std::size_t count = (status & 0xE0) == 0xC0 ? 1 : 2;
            std::string line = std::to_string(number) + "@" + std::to_string(tick) + ":";
            if (status == 0xFF) line += " m" + std::to_string(at(i++));
            if (status >= 0xF0) count = length(i);
            if (status < 0xF0) running = status;
            line += " " + std::to_string(status);
            for (; count > 0; --count) line += " " + std::to_string(at(i++));
            lines.push_back(line);
        }
        chunk = end;
    }
    return lines;
}

std::vector<std::string> missingFrom(std::vector<std::string> a, const std::vector<std::string>& b) {
    for (const auto& line : b)
        if (const auto found = std::ranges::find(a, line); found != a.end()) a.erase(found);
    return a;
}

score::Score scoreOf(const Bytes& file) { return read(file)->score; }

score::NoteId someNote(const score::Score& score, base::Random& random) {
    while (true) {
        const auto& track = score.tracks[random.below(score.tracks.size())];
        if (!track.notes.empty()) return track.notes[random.below(track.notes.size())].id;
    }
}

} // namespace

class MidiFileWriterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anUntouchedFileIsItself() { QVERIFY(write(scoreOf(richFile())) == richFile()); }

    void aMovedNoteChangesTwoEventsAndNoOther() {
        const auto file = richFile();
        auto score = scoreOf(file);
        const auto note = score.tracks.at(0).notes.at(7);
        score::apply(score::moveNotes(score, std::vector{note.id}, Ticks{3}, 1), score);
        const auto written = write(score);
        QCOMPARE(missingFrom(plainEvents(file), plainEvents(written)).size(), std::size_t{2});
        QCOMPARE(missingFrom(plainEvents(written), plainEvents(file)).size(), std::size_t{2});
        QVERIFY(scoreOf(written).tracks.at(0).notes.size() == score.tracks.at(0).notes.size());
    }

    void aDeletedNoteIsTwoEventsFewer() {
        const auto file = richFile();
        auto score = scoreOf(file);
        score::apply(score::removeNotes(score, std::vector{score.tracks.at(1).notes.at(0).id}), score);
        const auto written = plainEvents(write(score));
        QCOMPARE(plainEvents(file).size() - written.size(), std::size_t{2});
        QVERIFY(missingFrom(written, plainEvents(file)).empty());
    }

    void editsTakenBackGiveTheSameBytes() {
        const auto file = richFile();
        base::Random random(4);
        for (int walk = 0; walk < 200; ++walk) {
            auto score = scoreOf(file);
            score::IdMint mint(score);
            std::vector<score::ScoreEdit> done;
            for (int step = 0; step < 6; ++step) {
                const std::vector ids{someNote(score, random), someNote(score, random)};
                const std::vector<score::ScoreEdit> choices{
                    score::moveNotes(score, ids, Ticks{random.between(-50, 50)},
                                     static_cast<int>(random.between(-5, 5))),
                    score::copyNotes(score, ids, Ticks{20}, 2, mint), score::removeNotes(score, ids),
                    score::setTempo(score, Tick{random.between(0, 1) * 100}, 90, mint),
                    score::setProgram(score, score.tracks[0].id, static_cast<int>(random.below(128)), mint)};
                done.push_back(choices[random.below(choices.size())]);
                score::apply(done.back(), score);
            }
            const auto edited = write(score);
            const auto again = read(edited);
            QVERIFY(again.has_value());
            QVERIFY(write(again->score) == edited);
            QCOMPARE(score::noteCount(again->score), score::noteCount(score));
            for (auto step = done.size(); step-- > 0;) score::apply(score::inverse(done[step]), score);
            QVERIFY(write(score) == file);
        }
    }

    void whatIsWrittenIsReadAgain() {
        score::Score score;
        score::IdMint mint;
        score::apply(score::setTempo(score, Tick{0}, 93.7, mint), score);
        score::apply(score::setMeter(score, Tick{0}, 6, 3, mint), score);
        score::apply(score::setKey(score, Tick{0}, -4, true, mint), score);
        score::apply(score::addTrack(score, "Flöte", 73, false, mint), score);
        score::apply(score::addTrack(score, "Drums", 0, true, mint), score);
        score::apply(score::insertNotes(score.tracks[0].id,
                                        {{.id = mint.note(), .onset = Tick{10}, .length = Ticks{0}, .pitch = 70},
                                         {.id = mint.note(),
                                          .onset = Tick{10},
                                          .length = Ticks{960},
                                          .pitch = 71,
                                          .velocity = 3,
                                          .release = 9}}),
                     score);
        const auto again = scoreOf(write(score));
        QCOMPARE(again.tracks.size(), std::size_t{1}); // a track without notes or events is not shown
        QCOMPARE(again.tracks[0].name, score.tracks[0].name);
        QCOMPARE(score::mainProgram(again.tracks[0]), 73);
        QCOMPARE(again.tempos[0].microsecondsPerQuarter, score.tempos[0].microsecondsPerQuarter);
        QCOMPARE(score::keyName(again.keys[0]), std::string("F minor"));
        QCOMPARE(again.tracks[0].notes[0].length.count, 0);
        QCOMPARE(int{again.tracks[0].notes[1].release}, 9);
    }

    void newTracksAreAppendedAndDeletedOnesLeaveAlone() {
        const auto file = richFile();
        auto score = scoreOf(file);
        score::IdMint mint(score);
        score::apply(score::addTrack(score, "New", 40, false, mint), score);
        const auto written = write(score);
        QVERIFY(missingFrom(plainEvents(file), plainEvents(written)).empty());
        QCOMPARE(std::to_integer<int>(written[11]), 3);
        QCOMPARE(scoreOf(written).tracks.back().name, std::string("New"));

        auto fewer = scoreOf(written);
        score::apply(score::removeTrack(fewer, fewer.tracks.back().id), fewer);
        QVERIFY(write(fewer) == file);
    }

    void aRenamedTrackChangesItsNameOnly() {
        const auto file = richFile();
        auto score = scoreOf(file);
        auto header = score.tracks[0].header();
        header.name = "Grand";
        score::apply(score::setHeader(score, header), score);
        const auto written = write(score);
        QCOMPARE(missingFrom(plainEvents(file), plainEvents(written)).size(), std::size_t{1});
        QCOMPARE(scoreOf(written).tracks[0].name, std::string("Grand"));
    }

    void aNewOffGoesBeforeTheNextOnOfItsKey() {
        auto score = scoreOf(oneTrack(bytes({0, 0x90, 60, 80, 100, 0x80, 60, 0, 100, 0x90, 60, 81, 50, 0x80, 60, 0})));
        score::apply(score::resizeEnds(score, std::vector{score.tracks[0].notes[0].id}, Ticks{100}), score);
        const auto again = scoreOf(write(score));
        QCOMPARE(again.tracks[0].notes[0].length.count, 200);
        QCOMPARE(again.tracks[0].notes[1].length.count, 50);
    }

    void aNewProgramIsSetBeforeTheNotesOfItsTick() {
        auto score = scoreOf(oneTrack(note()));
        score::IdMint mint(score);
        score::apply(score::setProgram(score, score.tracks[0].id, 42, mint), score);
        const auto events = plainEvents(write(score));
        QCOMPARE(events.at(0), std::string("0@0: 192 42"));
        QCOMPARE(events.at(1), std::string("0@0: 144 60 80"));
    }

    void aNoteLaidOverALooseNoteOffKeepsItsLength() {
        auto score = scoreOf(oneTrack(note(60, 10) + bytes({90, 0x80, 60, 0, 0, 0xFF, 1, 0})));
        score::IdMint mint(score);
        const score::Note wide{.id = mint.note(), .onset = Tick{50}, .length = Ticks{200}, .pitch = 60};
        score::apply(score::insertNotes(score.tracks[0].id, {wide}), score);
        QCOMPARE(scoreOf(write(score)).tracks.at(0).notes.at(1).length, Ticks{200});
    }

    void aNoteThatWasNeverEndedIsEndedWhereOthersOfItsKeyCome() {
        auto score = scoreOf(oneTrack(bytes({0, 0x90, 60, 80, 120, 0xFF, 1, 0, 120, 0xFF, 1, 0})));
        score::IdMint mint(score);
        const score::Note late{.id = mint.note(), .onset = Tick{100}, .length = Ticks{300}, .pitch = 60};
        score::apply(score::insertNotes(score.tracks[0].id, {late}), score);
        const auto again = scoreOf(write(score));
        QCOMPARE(again.tracks.at(0).notes.at(0).length, Ticks{240});
        QCOMPARE(again.tracks.at(0).notes.at(1).length, Ticks{300});
    }

    void aNewTrackGetsAChunkOfItsOwnWhateverItsNumber() {
        const auto file = header(1, 3) + track(endOfTrack()) + track(note() + endOfTrack()) +
                          track(bytes({0, 0xFF, 1, 1, 'x'}) + endOfTrack());
        auto score = scoreOf(file);
        score::IdMint mint(score);
        score::apply(score::addTrack(score, "Flute", 73, /*drums=*/false, mint), score);
        score.tracks.back().chunk = 2;
        const auto again = scoreOf(write(score));
        QCOMPARE(again.tracks.back().name, std::string("Flute"));
        QCOMPARE(again.tracks.back().chunk, 3);
        QVERIFY(base::textOf(write(score)).starts_with(base::textOf(file).substr(0, 11)));
    }

    void aFormat0FileStaysOneTrack() {
        auto score = scoreOf(oneTrack(note()));
        score::IdMint mint(score);
        score::apply(score::addTrack(score, "", 10, false, mint), score);
        score::apply(score::insertNotes(score.tracks.back().id, {{.id = mint.note(), .pitch = 50}}), score);
        const auto again = read(write(score));
        QCOMPARE(again->score.format, 0);
        QCOMPARE(again->score.tracks.size(), std::size_t{2});
        QVERIFY(again->report.worst == Verdict::Accept);
    }

    void aRiffWrapperKeepsItsSizesTrue() {
        const auto inner = oneTrack(note());
        const auto size = static_cast<int>(inner.size());
        const auto file =
            text("RIFF") + bytes({size + 12, 0, 0, 0}) + text("RMIDdata") + bytes({size, 0, 0, 0}) + inner;
        auto score = scoreOf(file);
        score::IdMint mint(score);
        score::apply(score::insertNotes(score.tracks[0].id, {{.id = mint.note(), .onset = Tick{500}}}), score);
        const auto written = write(score);
        QCOMPARE(written.size(), 8 + std::to_integer<std::size_t>(written[4]));
        QCOMPARE(read(written)->noteOns, std::size_t{2});
    }

    void savingIsVerifiedAndSaysWhatIsLost() {
        const QTemporaryDir folder;
        const auto path = std::filesystem::path(folder.path().toStdString()) / "piece.mid";
        auto score = scoreOf(richFile());
        score::apply(score::setMark(score, std::vector{score.tracks[0].notes[0].id}, score::NoteMarks::Locked, true),
                     score);
        QVERIFY(saveFile(score, path).has_value());
        QVERIFY(base::readFile(path).value() == richFile());
        QCOMPARE(lostInMidi(score).size(), std::size_t{1});
        score.tracks[0].notes[0].playedOffset = 3;
        QCOMPARE(lostInMidi(score).size(), std::size_t{2});
        QVERIFY(write(score) == richFile());
        QVERIFY(!saveFile(score, path / "below"));
    }

    /// 20,000 damaged files: no crash, no hang, memory in proportion; what is accepted is written back byte for byte.
    void damagedFilesNeverHarm() {
        base::Random random(1);
        const std::vector<Bytes> seeds{richFile(), oneTrack(note()),
                                       header(1, 2) + track(note() + endOfTrack()) + track(note(70) + endOfTrack())};
        std::size_t accepted = 0;
        for (int round = 0; round < 20'000; ++round) {
            auto file = seeds[random.below(seeds.size())];
            for (auto changes = 1 + random.below(4); changes > 0; --changes) {
                const auto at = static_cast<std::ptrdiff_t>(random.below(file.size()));
                switch (random.below(4)) {
                case 0:
                    file[static_cast<std::size_t>(at)] = static_cast<std::byte>(random.below(256));
                    break;
                case 1:
                    file.resize(static_cast<std::size_t>(at) + 1);
                    break;
                case 2:
                    if (file.size() > 1) file.erase(file.begin() + at);
                    break;
                default:
                    file.insert(file.begin() + at, std::byte{0xFF});
                    break;
                }
            }
            auto result = read(file);
            if (!result) continue;
            ++accepted;
            QVERIFY(write(result->score) == file);
            auto& score = result->score;
            if (score::noteCount(score) == 0) continue;
            score::apply(score::moveNotes(score, std::vector{someNote(score, random)}, Ticks{1}, 1), score);
            const auto again = read(write(score));
            QVERIFY(again.has_value());
            QCOMPARE(score::noteCount(again->score), score::noteCount(score));
        }
        QVERIFY(accepted > 10'000);
    }
};

QTEST_APPLESS_MAIN(MidiFileWriterTest)
#include "midi_file_writer_test.moc"
