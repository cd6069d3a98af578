#include "engine/score/operations/clip_text.h"

#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Clip someClip(std::uint64_t seed) {
    auto score = randomScore(seed);
    score.tracks[0].name = "Clavier, für zwei   Hände";
    score.tracks[1].name.clear();
    for (auto& note : score.tracks[0].notes) {
        note.release = 9;
        note.marks = NoteMarks::FromNet | NoteMarks::Muted;
        note.playedOffset = -17;
        note.playedLength = 30;
    }
    return copyClip(score, someNotes(score, seed, 2), {.withControllers = true});
}

/// Ids are no part of the text.
Clip withoutIds(Clip clip) {
    for (auto& part : clip.parts) {
        for (auto& note : part.notes) note.id = {};
        for (auto& event : part.events) event.id = {};
    }
    return clip;
}

} // namespace

class ClipTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadBackWhole() {
        for (std::uint64_t seed = 0; seed < 30; ++seed) {
            const auto clip = someClip(seed);
            const auto read = readClipText(clipText(clip));
            QVERIFY(read.has_value());
            QVERIFY(withoutIds(*read) == withoutIds(clip));
        }
    }

    void idsOfAReadClipAreNeverTheSame() {
        const auto read = readClipText(clipText(someClip(3)));
        std::set<NoteId> seen;
        for (const auto& part : read->parts)
            for (const auto& note : part.notes) QVERIFY(seen.insert(note.id).second);
    }

    void textOfOtherSystemsIsRead() {
        auto text = clipText(someClip(1));
        std::string other;
        for (const char letter : text) other += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
        QVERIFY(readClipText(other).has_value());
    }

    void whatIsOutOfBoundsIsRefusedByItsLine_data() {
        QTest::addColumn<QString>("text");
        const QString head = "continuo-clip 1\ndivision 960 0 0\nspan 0 3840\ntrack 1 0 0 A\n";
        QTest::newRow("nothing") << "";
        QTest::newRow("another text") << "Dear Sir\n";
        QTest::newRow("pitch") << head + "note 0 10 128 80 64 0 0 0\n";
        QTest::newRow("velocity 0") << head + "note 0 10 60 0 64 0 0 0\n";
        QTest::newRow("before the start") << head + "note -1 10 60 80 64 0 0 0\n";
        QTest::newRow("a field too few") << head + "note 0 10 60 80 64 0 0\n";
        QTest::newRow("a number too long") << head + "note 0 99999999999999999999 60 80 64 0 0 0\n";
        QTest::newRow("a kind of event that is none") << head + "event 0 9 1 1\n";
        QTest::newRow("a note without track") << "continuo-clip 1\nspan 0 3840\nnote 0 10 60 80 64 0 0 0\n";
        QTest::newRow("no division") << "continuo-clip 1\ndivision 0 0 0\nspan 0 3840\n";
        QTest::newRow("no span") << "continuo-clip 1\ndivision 960 0 0\n";
        QTest::newRow("an unknown word") << head + "chord 1 2 3\n";
    }
    void whatIsOutOfBoundsIsRefusedByItsLine() {
        QFETCH(QString, text);
        const auto read = readClipText(text.toStdString());
        QVERIFY(!read);
        QVERIFY(QString::fromStdString(read.error().message).contains("line"));
    }

    void cutAnywhereItIsReadOrRefusedButNeverBreaks() {
        const auto text = clipText(someClip(5));
        for (std::size_t length = 0; length < text.size(); length += 7) (void)readClipText(text.substr(0, length));
    }
};

QTEST_APPLESS_MAIN(ClipTextTest)
#include "clip_text_test.moc"
