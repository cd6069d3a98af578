#include "ui/events/event_cells.h"

#include "tests/engine/score/operations/operation_laws.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::ChannelEventKind;
using score::EventId;
using score::Tick;
using score::Ticks;

namespace {

/// One of every kind.
score::Score allKinds() {
    auto piece = oneTrack({{.onset = Tick{960}, .length = Ticks{480}, .pitch = 63, .velocity = 90, .release = 30},
                           {.onset = Tick{1920}, .length = Ticks{480}, .marks = score::NoteMarks::Locked}});
    piece.tempos = {{EventId{900}, 0, Tick{0}, 500'000}};
    piece.meters = {{EventId{901}, 0, Tick{0}, 4}};
    piece.keys = {{EventId{902}, 0, Tick{0}, -3}};
    piece.chords = {{EventId{903}, 0, Tick{0}, "Bbm7/F"}};
    piece.markers = {{EventId{904}, 0, Tick{0}, score::MarkerEvent::Kind::Section, "Verse"},
                     {EventId{905}, 0, Tick{3840}, score::MarkerEvent::Kind::Cue, "Bell"}};
    piece.tracks[0].events = {{EventId{910}, Tick{0}, ChannelEventKind::Program, 5, 0},
                              {EventId{911}, Tick{500}, ChannelEventKind::Controller, 64, 127},
                              {EventId{912}, Tick{600}, ChannelEventKind::PitchBend, 0, 64},
                              {EventId{913}, Tick{700}, ChannelEventKind::ChannelPressure, 33, 0},
                              {EventId{914}, Tick{800}, ChannelEventKind::KeyPressure, 60, 44}};
    return piece;
}

EventRow rowOf(const ScoreDocument& document, EventKind kind, std::uint32_t index = 0) {
    for (const auto& row : rowsOfTrack(document.score(), document.currentTrack(), setOf(kind)))
        if (index-- == 0) return row;
    qFatal("no such row");
}

QStringList lineOf(const ScoreDocument& document, const EventRow& row) {
    QStringList cells;
    for (int column = 0; column < kEventColumns; ++column)
        cells << cellText(document, row, static_cast<EventColumn>(column));
    return cells;
}

} // namespace

class EventCellsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindSaysWhatItIs() {
        const ScoreDocument document(allKinds());
        const auto line = [&](EventKind kind) { return lineOf(document, rowOf(document, kind)); };
        QCOMPARE(line(EventKind::Note), (QStringList{"1.2.000", "Note", "E♭4", "90", "0|480", "30"}));
        QCOMPARE(line(EventKind::Controller),
                 (QStringList{"1.1.500", "Controller", "64 Sustain pedal", "127", "", ""}));
        QCOMPARE(line(EventKind::Program)[3], QString("6"));
        QCOMPARE(line(EventKind::PitchBend)[3], QString("0"));
        QCOMPARE(line(EventKind::ChannelPressure)[3], QString("33"));
        QCOMPARE(line(EventKind::KeyPressure).mid(2, 2), (QStringList{"C4", "44"}));
        QCOMPARE(line(EventKind::Tempo)[3], QString("120.00"));
        QCOMPARE(line(EventKind::Meter)[3], QString("4/4"));
        QCOMPARE(line(EventKind::Key)[3], QString("E♭ major"));
        QCOMPARE(line(EventKind::Chord)[3], QString("Bbm7/F"));
        QCOMPARE(line(EventKind::Section)[3], QString("Verse"));
        QCOMPARE(line(EventKind::Cue).first(), QString("2.1.000"));
    }

    void whatIsTypedIsWhatStandsThere_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("then");
        const auto row = [](const char* name, EventKind kind, EventColumn column, const QString& text,
                            const QString& then = {}) {
            QTest::newRow(name) << int(kind) << int(column) << text << (then.isEmpty() ? text : then);
        };
        row("note position", EventKind::Note, EventColumn::Position, "2|3|100", "2.3.100");
        row("note pitch", EventKind::Note, EventColumn::Number, "g3", "G3");
        row("note pitch by number", EventKind::Note, EventColumn::Number, "60", "C4");
        row("note velocity", EventKind::Note, EventColumn::Value, "1");
        row("note louder", EventKind::Note, EventColumn::Value, "+10", "100");
        row("note length", EventKind::Note, EventColumn::Length, "1/4", "1|000");
        row("note release", EventKind::Note, EventColumn::Release, "0");
        row("controller", EventKind::Controller, EventColumn::Number, "1", "1 Modulation");
        row("controller value", EventKind::Controller, EventColumn::Value, "0");
        row("controller position", EventKind::Controller, EventColumn::Position, "3", "3.1.000");
        row("program", EventKind::Program, EventColumn::Value, "128");
        row("bend down", EventKind::PitchBend, EventColumn::Value, "-8192");
        row("bend up", EventKind::PitchBend, EventColumn::Value, "8191");
        row("pressure", EventKind::ChannelPressure, EventColumn::Value, "127");
        row("key pressure", EventKind::KeyPressure, EventColumn::Number, "E4");
        row("tempo", EventKind::Tempo, EventColumn::Value, "96.5", "96.50");
        row("meter", EventKind::Meter, EventColumn::Value, "7/8");
        row("key", EventKind::Key, EventColumn::Value, "f# Minor", "F♯ minor");
        row("chord", EventKind::Chord, EventColumn::Value, "E♭maj9", "Ebmaj9");
        row("section", EventKind::Section, EventColumn::Value, "Chorus, louder");
        row("cue position", EventKind::Cue, EventColumn::Position, "5.1.000");
        row("key position", EventKind::Key, EventColumn::Position, "2", "2.1.000");
    }
    void whatIsTypedIsWhatStandsThere() {
        QFETCH(int, kind);
        QFETCH(int, column);
        QFETCH(QString, text);
        QFETCH(QString, then);
        ScoreDocument document(allKinds());
        const auto row = rowOf(document, EventKind(kind));
        const auto edit = editedCell(document, row, EventColumn(column), text);
        QVERIFY2(edit.has_value(), edit ? "" : edit.error().message.c_str());
        const auto id = idOf(document.score(), row);
        document.perform(*edit, "Change");
        QCOMPARE(document.history().count(), 1);
        for (const auto& now : rowsOfTrack(document.score(), document.currentTrack(), kAllEvents))
            if (idOf(document.score(), now) == id) QCOMPARE(cellText(document, now, EventColumn(column)), then);
        document.history().undo();
        QVERIFY(document.score() == allKinds());
    }

    void whatIsNoValueIsSaidInASentence_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("text");
        const auto row = [](EventKind kind, EventColumn column, const char* text) {
            QTest::newRow(qPrintable(QString("%1 %2 %3").arg(int(kind)).arg(int(column)).arg(text)))
                << int(kind) << int(column) << QString(text);
        };
        for (const char* text : {"", "0", "x", "1.2.3.4"}) row(EventKind::Note, EventColumn::Position, text);
        row(EventKind::Note, EventColumn::Number, "H2");
        row(EventKind::Note, EventColumn::Length, "0");
        row(EventKind::Controller, EventColumn::Value, "128");
        row(EventKind::Controller, EventColumn::Number, "-1");
        row(EventKind::Program, EventColumn::Value, "0");
        row(EventKind::PitchBend, EventColumn::Value, "8192");
        row(EventKind::Tempo, EventColumn::Value, "fast");
        row(EventKind::Tempo, EventColumn::Value, "0");
        for (const char* text : {"4", "4/3", "0/4", "4/256", "a/b"}) row(EventKind::Meter, EventColumn::Value, text);
        row(EventKind::Key, EventColumn::Value, "H major");
        row(EventKind::Chord, EventColumn::Value, "Hmm7");
    }
    void whatIsNoValueIsSaidInASentence() {
        QFETCH(int, kind);
        QFETCH(int, column);
        QFETCH(QString, text);
        ScoreDocument document(allKinds());
        const auto edit = editedCell(document, rowOf(document, EventKind(kind)), EventColumn(column), text);
        QVERIFY(!edit);
        QVERIFY(edit.error().message.find(text.toStdString()) != std::string::npos);
    }

    void aLockedNoteIsNotChanged() {
        ScoreDocument document(allKinds());
        const auto edit = editedCell(document, rowOf(document, EventKind::Note, 1), EventColumn::Value, "3");
        QVERIFY(!edit && edit.error().message.find("locked") != std::string::npos);
    }

    void rowsComeInOrderOfTimeAndAllOfThem() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto score = randomScore(seed);
            const auto& track = score.tracks[1];
            const auto rows = rowsOfTrack(score, track.id, kAllEvents);
            QCOMPARE(rows.size(), track.notes.size() + track.events.size() + score.tempos.size() + score.meters.size() +
                                      score.keys.size() + score.chords.size() + score.markers.size());
            QVERIFY(std::ranges::is_sorted(rows, {}, [&](const EventRow& row) { return timeOf(score, row); }));
            std::set<std::uint64_t> ids;
            for (const auto& row : rows) ids.insert(idOf(score, row));
            QCOMPARE(ids.size(), rows.size());
            const auto some = someNotes(score, seed, 5);
            const auto chosen = rowsOfNotes(score, some, setOf(EventKind::Note));
            QCOMPARE(chosen.size(), some.size());
            QVERIFY(std::ranges::is_sorted(chosen, {}, [&](const EventRow& row) { return timeOf(score, row); }));
        }
    }

    void everyKindIsAddedDuplicatedAndDeleted() {
        for (int kind = 0; kind < kEventKinds; ++kind) {
            ScoreDocument document(allKinds());
            const auto before = rowsOfTrack(document.score(), document.currentTrack(), setOf(EventKind(kind))).size();
            document.perform(insertedEvent(document, EventKind(kind), document.currentTrack(), Tick{5000}), "Add");
            auto rows = rowsOfTrack(document.score(), document.currentTrack(), setOf(EventKind(kind)));
            QCOMPARE(rows.size(), before + 1);
            document.perform(duplicatedEvents(document.score(), rows, Ticks{100}, document.mint()), "Duplicate");
            rows = rowsOfTrack(document.score(), document.currentTrack(), setOf(EventKind(kind)));
            QCOMPARE(rows.size(), 2 * (before + 1));
            QVERIFY(boundsFault(document.score()).empty());
            document.perform(removedEvents(document.score(), rows), "Delete");
            rows = rowsOfTrack(document.score(), document.currentTrack(), setOf(EventKind(kind)));
            QCOMPARE(rows.size(), std::size_t(EventKind(kind) == EventKind::Note ? 1 : 0)); // the locked note
            while (document.history().canUndo()) document.history().undo();
            QVERIFY(document.score() == allKinds());
        }
    }

    void textHasALineAnEvent() {
        const ScoreDocument document(allKinds());
        const auto lines = textOf(document, rowsOfTrack(document.score(), document.currentTrack(), kAllEvents))
                               .split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 14);
        QVERIFY(lines[11].startsWith("1.2.000\tNote\tE♭4\t90\t0|480\t30"));
    }
};

QTEST_APPLESS_MAIN(EventCellsTest)
#include "event_cells_test.moc"
