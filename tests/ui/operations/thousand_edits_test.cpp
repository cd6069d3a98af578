#include "engine/midi/midi_file_reader.h"
#include "engine/midi/midi_file_writer.h"
#include "engine/score/note_operations.h"
#include "engine/score/operations/excerpt.h"
#include "engine/score/operations/paste.h"
#include "engine/score/operations/split_tracks.h"
#include "engine/score/operations/time_range.h"
#include "engine/score/operations/value_change.h"
#include "tests/engine/score/operations/operation_laws.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/operations/operation_table.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::Tick;
using score::Ticks;

namespace {

/// A hand that edits a document by chance through every door there is to its score.
class RandomHand {
public:
    RandomHand(ScoreDocument& document, std::uint64_t seed) : document_(document), random_(seed) {}

    /// One try; false where it came to nothing.
    bool edit() {
        const int before = document_.history().index();
        choose();
        const auto kind = random_.below(9);
        switch (kind) {
        case 0:
            draw();
            break;
        case 1:
            moveOrResize();
            break;
        case 2:
            operate();
            break;
        case 3:
            pasteSomething();
            break;
        case 4:
            changeLane();
            break;
        case 5:
            changeTracks();
            break;
        case 6:
            changeMaps();
            break;
        case 7:
            changeTime();
            break;
        default:
            changeField();
            break;
        }
        const bool did = document_.history().index() > before;
        used[kind] += did;
        return did;
    }
    std::array<int, 9> used{};

private:
    const score::Score& score() const { return document_.score(); }
    score::IdMint& mint() { return document_.mint(); }
    void perform(score::ScoreEdit edit) { document_.perform(std::move(edit), QStringLiteral("By chance")); }
    int between(int least, int most) { return static_cast<int>(random_.between(least, most)); }
    Tick anyTick() { return Tick{random_.between(0, std::max<std::int64_t>(1, document_.lastTick().fromStart))}; }

    void choose() {
        const auto& tracks = score().tracks;
        if (tracks.empty()) return;
        document_.setCurrentTrack(tracks[random_.below(tracks.size())].id);
        document_.selection().select(someNotes(score(), random_.next(), 1 + random_.below(30)));
        document_.setInsertCursor(anyTick());
    }

    void draw() {
        if (!document_.currentTrackContent()) return;
        perform(score::insertNotes(document_.currentTrack(), {{.id = mint().note(),
                                                               .onset = anyTick(),
                                                               .length = Ticks{between(1, 2000)},
                                                               .pitch = std::uint8_t(between(0, 127)),
                                                               .velocity = std::uint8_t(between(1, 127))}}));
    }

    void moveOrResize() {
        const auto ids = selectedIds(document_);
        const Ticks by{between(-900, 900)};
        switch (random_.below(7)) {
        case 0:
            return perform(score::moveNotes(score(), ids, by, between(-9, 9)));
        case 1:
            return perform(score::resizeEnds(score(), ids, by));
        case 2:
            return perform(score::resizeStarts(score(), ids, by));
        case 3:
            return perform(score::copyNotes(score(), ids, by, between(-9, 9), mint()));
        case 4:
            return perform(score::removeNotes(score(), ids));
        case 5:
            return perform(score::splitNotes(score(), ids, anyTick(), mint()));
        default:
            return perform(score::setMark(score(), ids, score::NoteMarks::Muted, random_.below(2) == 0));
        }
    }

    /// Any entry of the Notes menu with any settings.
    void operate() {
        const auto& operation = operationTable()[random_.below(operationTable().size())];
        OperationValues values;
        for (const auto& field : operation.fields) {
            const double most = field.kind == OperationField::Kind::Number   ? field.most
                                : field.kind == OperationField::Kind::Choice ? double(field.choices.size()) - 1
                                                                             : 1;
            const double least = field.kind == OperationField::Kind::Number ? field.least : 0;
            values.push_back(std::round(least + (most - least) * random_.uniform()));
        }
        const auto ids = selectedIds(document_);
        perform(operation
                    .run({.score = score(),
                          .notes = ids,
                          .track = document_.currentTrack(),
                          .scale = score::scaleAt(score(), document_.insertCursor()),
                          .grid = score::Grid::of(1 << between(1, 5)),
                          .mint = mint(),
                          .cursor = document_.insertCursor(),
                          .range = score::selectedNotes(score(), ids).range()},
                         values)
                    .edit);
    }

    void pasteSomething() {
        const auto clip = score::copyClip(score(), selectedIds(document_), {.withControllers = random_.below(2) == 0});
        score::PasteSettings settings;
        settings.where = static_cast<score::PasteSettings::Where>(random_.below(3));
        settings.track = document_.currentTrack();
        settings.keepOffset = random_.below(2) == 0;
        settings.replaceRange = random_.below(3) == 0;
        pasteClip(document_, clip, document_.insertCursor(), settings);
    }

    void changeLane() {
        const auto* track = document_.currentTrackContent();
        if (!track) return;
        score::TrackContentEdit part{track->id, {}, {}};
        if (!track->events.empty() && random_.below(2) == 0)
            part.events.removed.push_back(track->events[random_.below(track->events.size())]);
        if (part.events.removed.empty() || random_.below(2) == 0)
            part.events.added.push_back({mint().event(), anyTick(), score::ChannelEventKind(between(0xA, 0xE)),
                                         std::uint8_t(between(0, 127)), std::uint8_t(between(0, 127))});
        score::ScoreEdit edit;
        edit.contents.push_back(std::move(part));
        perform(std::move(edit));
    }

    void changeTracks() {
        const auto* track = document_.currentTrackContent();
        switch (random_.below(6)) {
        case 0:
            return perform(score::addTrack(score(), "Added", between(0, 127), random_.below(5) == 0, mint()));
        case 1:
            return perform(score::removeTrack(score(), document_.currentTrack()));
        case 2: {
            if (!track) return;
            auto header = track->header();
            header.name = "Name " + std::to_string(between(1, 99));
            header.channel = std::uint8_t(between(0, 15));
            return perform(score::setHeader(score(), header));
        }
        case 3:
            return perform(score::setProgram(score(), document_.currentTrack(), between(0, 127), mint()));
        case 4:
            return perform(score::cloneTrack(score(), document_.currentTrack(), mint()).edit);
        default:
            return perform(
                score::addTracksOf(score(), score::excerpt(score(), selectedIds(document_)), anyTick(), mint()));
        }
    }

    void changeMaps() {
        switch (random_.below(3)) {
        case 0:
            return perform(score::setTempo(score(), anyTick(), between(20, 300), mint()));
        case 1:
            return perform(
                score::setMeter(score(), document_.meterMap().barAt(anyTick()), between(1, 12), between(0, 4), mint()));
        default:
            return perform(score::setKey(score(), anyTick(), between(-7, 7), random_.below(2) == 0, mint()));
        }
    }

    void changeTime() {
        const auto start = anyTick();
        const score::TickRange range{start, start + Ticks{between(1, 2000)}};
        switch (random_.below(3)) {
        case 0:
            return perform(
                score::insertTime(score(), start, range.length(), score::Crossing(random_.below(3)), mint()).edit);
        case 1:
            return perform(score::deleteTime(score(), range, score::Crossing(random_.below(3))).edit);
        default:
            return perform(score::duplicateTime(score(), range, mint()).edit);
        }
    }

    void changeField() {
        const score::ValueChange change{score::ValueChange::Kind(random_.below(4)), double(between(-60, 130)),
                                        double(between(0, 130))};
        perform(score::changeValues(score(), selectedIds(document_), score::NoteField(random_.below(5)), change).edit);
    }

    ScoreDocument& document_;
    base::Random random_;
};

/// Too large or too small to go on with, as a user would take back.
bool isOutOfHand(const score::Score& score) {
    const auto notes = score::noteCount(score);
    return notes > 3000 || notes < 20 || score.tracks.size() > 12 || score.tracks.empty() ||
           Tick{2'000'000} < score::lastTick(score);
}

} // namespace

class ThousandEditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoneAndRedoneTheFileIsTheSameToTheByte_data() {
        QTest::addColumn<QString>("piece");
        for (const char* name : {"chorale.mid", "evening-quartet.mid", "morning-walk.mid"})
            QTest::newRow(name) << QString(name);
    }
    void undoneAndRedoneTheFileIsTheSameToTheByte() {
        QFETCH(QString, piece);
        const auto file = std::string(CONTINUO_SOURCE_DIR "/resources/demo/") + piece.toStdString();
        auto read = midi::readFile(file);
        QVERIFY(read);
        ScoreDocument document(std::move(read->score));
        RandomHand hand(document, 2026 + qHash(piece));
        const auto first = midi::write(document.score());
        QVERIFY(first == *base::readFile(file));
        int tries = 0;
        while (document.history().index() < 1000 && ++tries < 20'000) {
            const auto before = document.history().index();
            if (!hand.edit()) continue;
            if (isOutOfHand(document.score())) {
                document.history().undo();
                QCOMPARE(document.history().index(), before);
            }
            if (document.history().index() % 50 == 0) {
                const auto fault = boundsFault(document.score());
                QVERIFY2(fault.empty(), fault.c_str());
            }
        }
        QVERIFY2(document.history().index() == 1000, qPrintable(QString::number(document.history().index())));
        for (std::size_t kind = 0; kind < hand.used.size(); ++kind)
            QVERIFY2(hand.used[kind] > 20, qPrintable(QString("kind %1 did only %2").arg(kind).arg(hand.used[kind])));

        const int done = document.history().index();
        const auto last = midi::write(document.score());
        const auto lastScore = document.score();
        document.history().setIndex(0);
        QVERIFY(midi::write(document.score()) == first);
        document.history().setIndex(done);
        QVERIFY(document.score() == lastScore);
        QVERIFY(midi::write(document.score()) == last);
        QVERIFY(last != first);
    }
};

QTEST_MAIN(ThousandEditsTest)
#include "thousand_edits_test.moc"
