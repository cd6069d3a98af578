#include "engine/midi/midi_file_reader.h"
#include "engine/midi/muspy_import.h"

#include <QTest>
#include <string>

using namespace continuo;

namespace {

/// A file of one chunk, 12 ticks a quarter, from delta times and messages.
std::string fileOf(const std::string& events, char format = 0, const std::string& division = std::string("\0\x0c", 2)) {
    const auto whole = events + std::string("\0\xff\x2f\0", 4);
    const auto size = static_cast<char>(whole.size());
    return std::string("MThd\0\0\0\6\0", 9) + format + std::string("\0\1", 2) + division +
           std::string("MTrk\0\0\0", 7) + size + whole;
}

score::MuspyScore imported(const std::string& file) { return *midi::importLikeMuspy(base::bytesOf(file)); }

} // namespace

/// The rules of MusPy 0.5.0 as its own runs show them.
class MuspyImportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNoteBelongsToTheProgramInForceWhereItEnds() {
        // note on, program 5, note off: then a program change behind the off of the same tick
        const auto score = imported(fileOf(std::string("\0\x90\x3c\x40\6\xc0\5\6\x80\x3c\0\0\xc0\7", 14)));
        QCOMPARE(score.tracks.size(), std::size_t{2}); // the last program opens a track of its own
        QCOMPARE(score.tracks[0].program, 5);
        QCOMPARE(score.tracks[0].notes.size(), std::size_t{1});
        QCOMPARE(score.tracks[0].notes[0].end, 12);
        QCOMPARE(score.tracks[1].program, 7);
        QVERIFY(score.tracks[1].notes.empty());
    }

    void aControllerMakesATrack() {
        const auto score = imported(fileOf(std::string("\0\xb3\7\x64\0\x99\x24\x40\3\x89\x24\0", 12)));
        QCOMPARE(score.tracks.size(), std::size_t{2});
        QVERIFY(score.tracks[0].notes.empty() && !score.tracks[0].drums);
        QVERIFY(score.tracks[1].drums);
    }

    void notesOfOneKeyEndFirstInFirstOutAndOpenOnesWithTheChunk() {
        const auto score = imported(fileOf(std::string("\0\x90\x3c\x40\2\x90\x3c\x41\2\x90\x3c\0\4\x90\x3d\x42", 16)));
        const auto& notes = score.tracks.at(0).notes;
        QCOMPARE(notes.size(), std::size_t{3});
        QCOMPARE(notes[0].end, 4);
        QCOMPARE(notes[0].velocity, 0x40);
        QCOMPARE(notes[1].end, 8);
        QCOMPARE(notes[2].end, 8);
    }

    void aLoneNoteOffMakesATrackAtTheEnd() {
        QCOMPARE(imported(fileOf(std::string("\0\x80\x3c\0", 4))).tracks.size(), std::size_t{1});
        QCOMPARE(imported(fileOf({})).tracks.size(), std::size_t{0});
    }

    void whatMuspyRefusesIsRefused() {
        QVERIFY(!midi::importLikeMuspy(base::bytesOf(fileOf({}, 2))));
        QVERIFY(!midi::importLikeMuspy(base::bytesOf(fileOf({}, 0, "\xe7\x28"))));
        QVERIFY(!midi::importLikeMuspy(base::bytesOf("no music")));
    }

    void aScoreOfTheFileGivesTheSameTracks() {
        const auto file =
            fileOf(std::string("\0\xc2\x28\0\x92\x3c\x40\0\x99\x24\x40\3\x89\x24\0\3\x82\x3c\0\1\xb2\7\1", 25));
        const auto score = midi::read(base::bytesOf(file));
        const auto ofScore = score::muspyScore(score->score), ofFile = imported(file);
        QCOMPARE(ofScore.tracks.size(), ofFile.tracks.size());
        for (std::size_t t = 0; t < ofFile.tracks.size(); ++t) {
            QCOMPARE(ofScore.tracks[t].program, ofFile.tracks[t].program);
            QCOMPARE(ofScore.tracks[t].drums, ofFile.tracks[t].drums);
            QCOMPARE(ofScore.tracks[t].notes.size(), ofFile.tracks[t].notes.size());
        }
    }
};

QTEST_APPLESS_MAIN(MuspyImportTest)
#include "muspy_import_test.moc"
