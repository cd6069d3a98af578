#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/operations/transpose.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

Score keys(std::vector<int> pitches) {
    std::vector<Note> notes;
    for (const int pitch : pitches)
        notes.push_back(
            {.onset = Tick{static_cast<std::int64_t>(notes.size()) * 100}, .pitch = static_cast<std::uint8_t>(pitch)});
    return oneTrack(notes);
}

std::vector<int> keysAfter(const Score& score, const OperationResult& result) {
    std::vector<int> pitches;
    const auto done = after(score, result.edit);
    for (const auto& note : done.tracks[0].notes) pitches.push_back(note.pitch);
    return pitches;
}

using Keys = std::vector<int>;

} // namespace

class TransposeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLawsHold() {
        const auto& table = ScaleTable::standard();
        for (const int by : {-200, -12, 1, 7, 90})
            VERIFY_LAWS([&](const Score& score, NoteIds ids, IdMint&) { return transpose(score, ids, by); }, {}, 10);
        for (const auto& kind : table.kinds()) {
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) { return transposeInScale(score, ids, kind.on(3), 17); },
                {}, 2);
            VERIFY_LAWS(
                [&](const Score& score, NoteIds ids, IdMint&) { return rescale(score, ids, Scale{}, kind.on(11)); }, {},
                2);
            for (const auto snap : {PitchSnap::Nearest, PitchSnap::Up, PitchSnap::Down})
                VERIFY_LAWS(
                    [&](const Score& score, NoteIds ids, IdMint&) { return snapToScale(score, ids, kind.on(5), snap); },
                    {}, 1);
        }
    }

    void aGroupKeepsItsShapeAtTheEndOfTheKeyboard() {
        const auto score = keys({3, 60, 120});
        QCOMPARE(keysAfter(score, transpose(score, allNotes(score), 12)), (Keys{10, 67, 127}));
        QCOMPARE(keysAfter(score, transpose(score, allNotes(score), -12)), (Keys{0, 57, 117}));
        QCOMPARE(keysAfter(score, transposeInScale(score, allNotes(score), Scale{}, 40)), (Keys{10, 67, 127}));
    }

    void stepsCountInTheScaleAndAlterationsStay() {
        const auto score = keys({60, 64, 66, 71});
        QCOMPARE(keysAfter(score, transposeInScale(score, allNotes(score), Scale{}, 1)), (Keys{62, 65, 68, 72}));
        QCOMPARE(keysAfter(score, transposeInScale(score, allNotes(score), Scale{}, -7)), (Keys{48, 52, 54, 59}));
    }

    void stepsUpAndDownAreTheIdentity() {
        base::Random random(8);
        for (const auto& kind : ScaleTable::standard().kinds())
            for (int root = 0; root < 12; ++root) {
                const auto scale = kind.on(root);
                for (int pitch = 0; pitch < 128; ++pitch) {
                    const auto step = scale.stepOf(pitch);
                    QCOMPARE(scale.pitchOf(step), pitch);
                    QCOMPARE(scale.contains(pitch),
                             std::ranges::count(scale.steps, ((pitch - root) % 12 + 12) % 12) == 1);
                }
            }
    }

    void anotherKeyTakesTheSameSteps() {
        const auto score = keys({60, 62, 64, 65, 67, 69, 71, 72});
        const auto minor = ScaleTable::standard().find("minor")->on(0);
        QCOMPARE(keysAfter(score, rescale(score, allNotes(score), Scale{}, minor)),
                 (Keys{60, 62, 63, 65, 67, 68, 70, 72}));
        QCOMPARE(keysAfter(score, rescale(score, allNotes(score), Scale{}, Scale{7})),
                 (Keys{55, 57, 59, 60, 62, 64, 66, 67}));
        QCOMPARE(keysAfter(score, rescale(score, allNotes(score), Scale{}, Scale{6}))[0], 66);
        const auto five = ScaleTable::standard().find("Major pentatonic")->on(0);
        QCOMPARE(keysAfter(score, rescale(score, allNotes(score), Scale{}, five)),
                 (Keys{60, 62, 64, 64, 67, 69, 72, 72}));
    }

    void whatIsInTheScaleStaysAndTheRestComesIn() {
        for (const auto snap : {PitchSnap::Nearest, PitchSnap::Up, PitchSnap::Down})
            for (std::uint64_t seed = 0; seed < 10; ++seed) {
                const auto score = randomScore(seed, {.lockedIn = 0});
                const auto scale = ScaleTable::standard().find("Hirajoshi")->on(2);
                const auto done = after(score, snapToScale(score, allNotes(score), scale, snap).edit);
                const auto now = notesById(done);
                for (const auto& [id, was] : notesById(score)) {
                    const int pitch = now.at(id).second.pitch;
                    QVERIFY(scale.contains(pitch));
                    QVERIFY(!scale.contains(was.second.pitch) || pitch == was.second.pitch);
                }
                QVERIFY(snapToScale(done, allNotes(done), scale, snap).edit.isEmpty());
            }
    }

    void notesComeToTheChord() {
        const auto score = keys({60, 61, 62, 66, 69, 127});
        QCOMPARE(keysAfter(score, snapToChord(score, allNotes(score), {0, 4, 7})), (Keys{60, 60, 60, 67, 67, 127}));
        QCOMPARE(keysAfter(score, snapToChord(score, allNotes(score), {0, 4, 7}, PitchSnap::Up)),
                 (Keys{60, 64, 64, 67, 72, 127}));
        QCOMPARE(keysAfter(score, snapToChord(score, allNotes(score), {4}, PitchSnap::Up)).back(), 124);
        QVERIFY(snapToChord(score, allNotes(score), {}).edit.isEmpty());
    }

    void keysNameTheirScales() {
        QCOMPARE(scaleOf({.sharps = 2}).root, 2);
        QCOMPARE(scaleOf({.sharps = -3}).root, 3);
        QCOMPARE(scaleOf({.sharps = -3, .minor = true}).root, 0);
        QCOMPARE(scaleOf({.sharps = 0, .minor = true}), (Scale{9, {0, 2, 3, 5, 7, 8, 10}}));
        QCOMPARE(scaleAt(randomScore(1), Tick{5000}).root, 2);
    }

    void theTableHasItsScales() {
        const auto& table = ScaleTable::standard();
        QVERIFY(table.kinds().size() >= 40);
        QVERIFY(table.find("IONIAN") == table.find("Major") && table.find("Major"));
        QVERIFY(!table.find("Nonsense"));
        QCOMPARE(QString::fromStdString(table.rootName(3, true)), QString::fromUtf8("E♭"));
        QCOMPARE(QString::fromStdString(table.rootName(3)), QString::fromUtf8("D♯"));
        std::set<std::string> names;
        for (const auto& kind : table.kinds()) QVERIFY(names.insert(kind.name).second);
    }

    void aUserAddsScalesAndWrongOnesAreRefusedWhole() {
        auto table = ScaleTable::standard();
        const auto before = table.kinds().size();
        QVERIFY(
            table.add("{\"scales\":[{\"name\":\"Mine\",\"steps\":[0,1,6]},{\"name\":\"Major\",\"steps\":[0,4,7]}]}"));
        QCOMPARE(table.kinds().size(), before + 1);
        QCOMPARE(table.find("Major")->steps.size(), std::size_t{3});
        for (const auto* wrong :
             {"", "[]", "{\"scales\":3}", "{\"scales\":[{\"steps\":[0]}]}",
              "{\"scales\":[{\"name\":\"A\",\"steps\":[]}]}", "{\"scales\":[{\"name\":\"A\",\"steps\":[0,5,5]}]}",
              "{\"scales\":[{\"name\":\"A\",\"steps\":[1,5]}]}",
              "{\"scales\":[{\"name\":\"B\",\"steps\":[0,5]},{\"name\":\"A\",\"steps\":[0,12]}]}",
              "{\"scales\":[{\"name\":\"A\",\"steps\":[0,1.5]}]}"}) {
            const auto added = table.add(wrong);
            QVERIFY2(!added, wrong);
            QVERIFY(!added.error().message.empty());
        }
        QCOMPARE(table.kinds().size(), before + 1);
    }
};

QTEST_APPLESS_MAIN(TransposeTest)
#include "transpose_test.moc"
