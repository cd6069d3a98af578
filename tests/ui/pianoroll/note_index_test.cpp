#include "engine/base/random.h"
#include "ui/pianoroll/note_index.h"

#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using score::Note;
using score::Tick;
using score::TickRange;
using score::Ticks;

namespace {

std::vector<Note> someNotes(std::size_t count, std::uint64_t seed) {
    base::Random random(seed);
    std::vector<Note> notes;
    for (std::size_t i = 0; i < count; ++i)
        notes.push_back({.id = score::NoteId{i + 1},
                         .onset = Tick{random.between(0, static_cast<std::int64_t>(count) * 20)},
                         .length = Ticks{random.below(50) == 0 ? random.between(0, 20'000) : random.between(0, 400)},
                         .pitch = static_cast<std::uint8_t>(random.below(128)),
                         .velocity = static_cast<std::uint8_t>(random.between(1, 127))});
    std::sort(notes.begin(), notes.end(), score::NoteOrder{});
    return notes;
}

bool isLoudJustWhereNotesAre(const NoteIndex& index, const std::vector<Note>& notes) {
    for (const double ticks : {1.0, 10.0, 100.0}) {
        const auto& level = index.summary(notes).levelFor(ticks);
        std::vector<std::uint8_t> expected(level.loudest.size());
        for (const auto& note : notes) {
            const auto first = note.onset.fromStart / level.ticks;
            const auto last = std::max(first, (note.end().fromStart - 1) / level.ticks);
            for (auto cell = first; cell <= last; ++cell) {
                auto& loudest =
                    expected[static_cast<std::size_t>(note.pitch) * level.cells + static_cast<std::size_t>(cell)];
                loudest = std::max(loudest, note.velocity);
            }
        }
        if (level.loudest != expected) return false;
    }
    return true;
}

} // namespace

class NoteIndexTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsJustTheNotesThatALookAtEachFinds() {
        const auto notes = someNotes(3000, 5);
        NoteIndex index;
        index.rebuild(notes);
        base::Random random(6);
        for (int round = 0; round < 200; ++round) {
            const Tick start{random.between(0, 62'000)};
            const TickRange range{start, start + Ticks{random.between(1, 3000)}};
            std::vector<std::size_t> expected, found;
            for (std::size_t i = 0; i < notes.size(); ++i)
                if (notes[i].onset < range.end && (range.start < notes[i].end() || range.start <= notes[i].onset))
                    expected.push_back(i);
            index.forEachTouching(notes, range, [&](std::size_t i) { found.push_back(i); });
            QCOMPARE(found, expected);
        }
    }

    void overlapsAreOfOnePitchOnly() {
        const std::vector<Note> notes{{.id = score::NoteId{1}, .onset = Tick{0}, .length = Ticks{500}, .pitch = 60},
                                      {.id = score::NoteId{2}, .onset = Tick{100}, .length = Ticks{10}, .pitch = 61},
                                      {.id = score::NoteId{3}, .onset = Tick{499}, .length = Ticks{500}, .pitch = 60},
                                      {.id = score::NoteId{4}, .onset = Tick{999}, .length = Ticks{500}, .pitch = 60}};
        NoteIndex index;
        index.rebuild(notes);
        QCOMPARE(index.overlapCount(notes), std::size_t{1});
        OverlapFinder finder;
        QCOMPARE(finder.overlappedBy(0, notes[0]), OverlapFinder::kNone);
        QCOMPARE(finder.overlappedBy(1, notes[1]), OverlapFinder::kNone);
        QCOMPARE(finder.overlappedBy(2, notes[2]), std::size_t{0});
        QCOMPARE(finder.overlappedBy(3, notes[3]), OverlapFinder::kNone);
    }

    void afterAnEditItIsAsIfMadeAnew() {
        auto notes = someNotes(3000, 11);
        NoteIndex index;
        index.rebuild(notes);
        static_cast<void>(index.summary(notes));
        base::Random random(12);
        std::uint64_t id = 100'000;
        for (int round = 0; round < 400; ++round) {
            TickRange changed{Tick{INT64_MAX}, Tick{0}};
            const auto see = [&](const Note& note) {
                changed = {std::min(changed.start, note.onset), std::max(changed.end, note.end() + Ticks{1})};
            };
            const Tick around{random.between(0, 70'000)};
            for (int i = 0; i < random.between(0, 40) && !notes.empty(); ++i) {
                const auto at = std::min(NoteIndex::firstFrom(notes, around), notes.size() - 1);
                see(notes[at]);
                notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(at));
            }
            for (int i = 0; i < random.between(0, 40); ++i) {
                Note note{.id = score::NoteId{++id},
                          .onset = around + Ticks{random.between(0, 500)},
                          .length = Ticks{random.between(1, 3000)},
                          .pitch = static_cast<std::uint8_t>(random.below(128))};
                see(note);
                notes.insert(std::upper_bound(notes.begin(), notes.end(), note, score::NoteOrder{}), note);
            }
            index.update(notes, changed);
            NoteIndex anew;
            anew.rebuild(notes);
            QVERIFY(index.pitchCounts() == anew.pitchCounts());
            QCOMPARE(index.end(), anew.end());
            const Tick start{random.between(0, 62'000)};
            const TickRange range{start, start + Ticks{random.between(1, 3000)}};
            std::vector<std::size_t> expected, found;
            anew.forEachTouching(notes, range, [&](std::size_t i) { expected.push_back(i); });
            index.forEachTouching(notes, range, [&](std::size_t i) { found.push_back(i); });
            QCOMPARE(found, expected);
            if (round % 20 == 0) QVERIFY(isLoudJustWhereNotesAre(index, notes));
        }
    }

    void choosesTheNotesOfASet() {
        const auto notes = someNotes(2000, 21);
        NoteIndex index;
        index.rebuild(notes);
        base::Random random(22);
        for (const int among : {1, 5, 2000}) {
            NoteSet set;
            for (int i = 0; i < among; ++i) set.insert(notes[random.below(notes.size())].id);
            set.insert(score::NoteId{999'999});
            std::vector<Note> expected;
            std::copy_if(notes.begin(), notes.end(), std::back_inserter(expected),
                         [&](const Note& note) { return set.contains(note.id); });
            QVERIFY(index.chosen(notes, set) == expected);
        }
    }

    void theSummaryIsLoudJustWhereNotesAre() {
        const auto notes = someNotes(2000, 9);
        NoteIndex index;
        index.rebuild(notes);
        QVERIFY(isLoudJustWhereNotesAre(index, notes));
        auto fewer = notes;
        fewer.pop_back();
        QVERIFY(!isLoudJustWhereNotesAre(index, fewer)); // the harness sees a note too many
    }

    void anEmptyTrackHasNothing() {
        NoteIndex index;
        index.rebuild({});
        index.forEachTouching({}, {Tick{0}, Tick{1000}}, [](std::size_t) { QFAIL("a note of an empty track"); });
        QVERIFY(!index.summary({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(NoteIndexTest)
#include "note_index_test.moc"
