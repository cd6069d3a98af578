#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/edit_builder.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

class OperationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plantedFaultsAreFoundByTheLaws() {
        const auto upByOne = [](Note note) {
            note.pitch = static_cast<std::uint8_t>(note.pitch + 1);
            return note;
        };
        const auto careless = [&](const Score& score, NoteIds ids, IdMint&) {
            OperationResult result;
            const NoteIdSet wanted(ids);
            for (const auto& track : score.tracks) {
                TrackContentEdit part{track.id, {}, {}};
                for (const auto& note : track.notes)
                    if (wanted.contains(note.id)) {
                        part.notes.removed.push_back(note);
                        part.notes.added.push_back(upByOne(note));
                    }
                if (!part.notes.isEmpty()) result.edit.contents.push_back(part);
            }
            return result;
        };
        QCOMPARE(QString::fromStdString(brokenLawOf(careless)).section(" (", 0, 0),
                 QString("a locked note was changed"));

        const auto losing = [](const Score& score, NoteIds ids, IdMint&) {
            EditBuilder builder;
            const auto selected = selectedNotes(score, ids);
            for (const auto& [track, notes] : selected.tracks) builder.remove(track->id, notes.front());
            return builder.result(selected.locked);
        };
        QCOMPARE(QString::fromStdString(brokenLawOf(losing)).section(" (", 0, 0), QString("a note was lost"));
        QVERIFY(brokenLawOf(losing, {.removesNotes = true}).empty());

        const auto absent = [](const Score& score, NoteIds ids, IdMint& mint) {
            EditBuilder builder;
            if (!selectedNotes(score, ids).isEmpty()) builder.remove(score.tracks[0].id, {.id = mint.note()});
            return builder.result(0);
        };
        QVERIFY(brokenLawOf(absent).starts_with("removes a note that is not there"));
    }

    void aSetOfIdsHoldsExactlyWhatItWasGiven() {
        base::Random random(5);
        for (const std::uint64_t reach : {std::uint64_t{100}, std::uint64_t{1} << 24, std::uint64_t{1} << 60}) {
            std::set<NoteId> plain;
            std::vector<NoteId> ids;
            for (int i = 0; i < 200; ++i) {
                ids.push_back(NoteId{random.below(reach)});
                plain.insert(ids.back());
            }
            const NoteIdSet set(ids);
            for (const auto id : ids) QVERIFY(set.contains(id));
            for (int i = 0; i < 2000; ++i) {
                const NoteId id{random.below(reach * 2)};
                QCOMPARE(set.contains(id), plain.contains(id));
            }
        }
        QVERIFY(!NoteIdSet({}).contains(NoteId{0}));
        const std::vector extremes{NoteId{0}, NoteId{UINT64_MAX}};
        QVERIFY(NoteIdSet(extremes).contains(NoteId{0}) && !NoteIdSet(extremes).contains(NoteId{7}));
    }

    void theDifferenceOfTwoScoresLeadsFromOneToTheOther() {
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto a = randomScore(seed);
            auto b = a;
            b.tracks.erase(b.tracks.begin() + 1);
            b.tracks.front().name = "Renamed";
            for (auto& note : b.tracks.front().notes)
                if (note.pitch % 3 == 0) note.velocity = 64;
            std::erase_if(b.tracks.back().notes, [](const Note& note) { return note.pitch % 5 == 0; });
            b.tempos.pop_back();
            b.end = Tick{123};
            QVERIFY(after(a, difference(a, b)) == b);
            QVERIFY(after(b, difference(b, a)) == a);
            QVERIFY(difference(a, a).isEmpty());
            QVERIFY(presenceFault(a, difference(a, b)).empty());
        }
    }

    void theSelectionFollowsAnEdit() {
        const auto score = oneTrack({{.onset = Tick{0}}, {.onset = Tick{10}}, {.onset = Tick{20}}});
        const auto ids = allNotes(score);
        IdMint mint(score);
        EditBuilder builder;
        const auto& notes = score.tracks[0].notes;
        auto moved = notes[0];
        moved.onset = Tick{5};
        builder.replace(score.tracks[0].id, notes[0], moved);
        builder.remove(score.tracks[0].id, notes[1]);
        const auto made = mint.note();
        builder.add(score.tracks[0].id, {.id = made});
        const std::vector expected{ids[0], made};
        QVERIFY(selectionAfter(std::vector{ids[0], ids[1]}, builder.edit()) == expected);
    }
};

QTEST_APPLESS_MAIN(OperationTest)
#include "operation_test.moc"
