#include "tests/engine/score/operations/operation_laws.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/arpeggio.h"
#include "engine/score/operations/check.h"
#include "engine/score/operations/chords.h"
#include "engine/score/operations/cleanup.h"
#include "engine/score/operations/echo.h"
#include "engine/score/operations/humanize.h"
#include "engine/score/operations/instrument_ranges.h"
#include "engine/score/operations/lengths.h"
#include "engine/score/operations/mirror.h"
#include "engine/score/operations/ornaments.h"
#include "engine/score/operations/paste.h"
#include "engine/score/operations/quantize.h"
#include "engine/score/operations/split_tracks.h"
#include "engine/score/operations/stretch.h"
#include "engine/score/operations/time_range.h"
#include "engine/score/operations/transpose.h"
#include "engine/score/operations/tuplets.h"
#include "engine/score/operations/velocities.h"

#include <QTest>

using namespace continuo;
using namespace continuo::score;
using namespace continuo::score::laws;

namespace {

/// One operation with settings by chance.
using AnyOperation = std::function<OperationResult(const Score&, NoteIds, base::Random&, IdMint&)>;

Grid anyGrid(base::Random& random) {
    return Grid::tupletOf(1 << random.between(0, 6), static_cast<int>(random.between(1, 9)));
}

Tick anyTick(const Score& score, base::Random& random) { return Tick{random.between(0, lastTick(score).fromStart)}; }

TrackId anyTrack(const Score& score, base::Random& random) {
    return score.tracks[random.below(score.tracks.size())].id;
}

const std::vector<AnyOperation>& allOperations() {
    using R = base::Random;
    using S = const Score&;
    static const std::vector<AnyOperation> operations{
        [](S s, NoteIds i, R& r, IdMint&) {
            return quantize(s, i,
                            {.grid = anyGrid(r),
                             .strength = r.uniform(),
                             .ends = r.below(2) == 0,
                             .reversible = r.below(2) == 0,
                             .iterative = r.below(2) == 0});
        },
        [](S s, NoteIds i, R&, IdMint&) { return unquantize(s, i); },
        [](S s, NoteIds i, R& r, IdMint&) { return humanize(s, i, {.timingMs = 30 * r.uniform(), .seed = r.next()}); },
        [](S s, NoteIds i, R& r, IdMint&) {
            return legato(s, i, {.percent = 200 * r.uniform(), .next = NextNote::InTrack});
        },
        [](S s, NoteIds i, R& r, IdMint&) {
            return setLengths(s, i, {.rule = LengthSettings::Rule::Scaled, .factor = 2 * r.uniform()});
        },
        [](S s, NoteIds i, R& r, IdMint&) { return transpose(s, i, static_cast<int>(r.between(-12, 12))); },
        [](S s, NoteIds i, R& r, IdMint&) {
            return transposeInScale(s, i, Scale{}, static_cast<int>(r.between(-5, 5)));
        },
        [](S s, NoteIds i, R& r, IdMint&) {
            return rescale(s, i, Scale{}, Scale{static_cast<int>(r.below(12)), {0, 2, 3, 5, 7, 8, 11}});
        },
        [](S s, NoteIds i, R&, IdMint&) {
            return snapToChord(s, i, {2, 5, 9});
        },
        [](S s, NoteIds i, R& r, IdMint&) { return stretch(s, i, {.percent = 40 + 100 * r.uniform()}); },
        [](S s, NoteIds i, R&, IdMint&) { return invert(s, i); },
        [](S s, NoteIds i, R&, IdMint&) { return reverse(s, i); },
        [](S s, NoteIds i, R& r, IdMint& m) {
            return makeTuplets(s, i.subspan(0, i.size() / 8), {.count = static_cast<int>(r.between(3, 9))}, m);
        },
        [](S s, NoteIds i, R& r, IdMint&) { return invertChords(s, i, static_cast<int>(r.between(-2, 2))); },
        [](S s, NoteIds i, R&, IdMint&) { return voiceChords(s, i, Voicing::Drop2); },
        [](S s, NoteIds i, R&, IdMint&) { return leadVoices(s, i.subspan(0, i.size() / 4)); },
        [](S s, NoteIds i, R& r, IdMint& m) {
            return arpeggiate(s, i, {.order = ArpeggioOrder::Random, .seed = r.next()}, m);
        },
        [](S s, NoteIds i, R&, IdMint&) { return strum(s, i, {}); },
        [](S s, NoteIds i, R&, IdMint& m) {
            return ornament(s, i.subspan(0, i.size() / 8), {.kind = Ornament::Turn}, m);
        },
        [](S s, NoteIds i, R&, IdMint& m) { return echo(s, i.subspan(0, i.size() / 8), {}, m); },
        [](S s, NoteIds i, R& r, IdMint&) { return randomizeVelocities(s, i, {.seed = r.next()}); },
        [](S s, NoteIds i, R& r, IdMint&) { return scaleVelocities(s, i, 2 * r.uniform()); },
        [](S s, NoteIds i, R&, IdMint& m) { return clean(s, i, {.range = true}, m); },
        [](S s, NoteIds i, R&, IdMint&) { return glueNotes(s, i, Ticks{30}); },
        [](S s, NoteIds, R& r, IdMint& m) { return splitByVoice(s, anyTrack(s, r), 3, m); },
        [](S s, NoteIds, R& r, IdMint& m) { return splitHands(s, anyTrack(s, r), m); },
        [](S s, NoteIds, R& r, IdMint&) {
            return mergeTracks(s, anyTrack(s, r), {anyTrack(s, r), anyTrack(s, r)}, {.keepControllers = true});
        },
        [](S s, NoteIds, R& r, IdMint& m) {
            return reassignInstrument(s, anyTrack(s, r), {.program = static_cast<int>(r.below(128)), .octaves = 1}, m);
        },
        [](S s, NoteIds, R& r, IdMint& m) {
            return insertTime(s, anyTick(s, r), Ticks{r.between(1, 2000)}, Crossing::Split, m);
        },
        [](S s, NoteIds, R& r, IdMint&) {
            const auto start = anyTick(s, r);
            return deleteTime(s, {start, start + Ticks{r.between(1, 900)}});
        },
        [](S s, NoteIds, R& r, IdMint& m) {
            const auto start = anyTick(s, r);
            return duplicateTime(s, {start, start + Ticks{r.between(1, 900)}}, m);
        },
        [](S s, NoteIds i, R& r, IdMint& m) {
            return paste(s, copyClip(s, i.subspan(0, i.size() / 4)), anyTick(s, r),
                         {.where = PasteSettings::Where::SameTracks, .replaceRange = true}, m)
                .result;
        },
        [](S s, NoteIds i, R&, IdMint&) {
            return pasteOnly(s, i, copyClip(s, i.subspan(0, i.size() / 3)), PasteOnly::Rhythm);
        },
        [](S s, NoteIds, R& r, IdMint& m) {
            const auto spots = check(s, {.most = 50});
            return spots.empty() ? OperationResult{} : fix(s, spots[r.below(spots.size())], m);
        },
        [](S s, NoteIds i, R& r, IdMint&) {
            return OperationResult{setMark(s, i.subspan(0, i.size() / 16), NoteMarks::Locked, r.below(3) == 0), 0};
        },
        [](S s, NoteIds i, R&, IdMint&) {
            return OperationResult{removeNotes(s, i.subspan(0, i.size() / 3)), 0};
        },
        [](S s, NoteIds i, R& r, IdMint&) {
            return OperationResult{moveNotes(s, i, Ticks{r.between(-900, 900)}, static_cast<int>(r.between(-9, 9))), 0};
        },
    };
    return operations;
}

} // namespace

class AllOperationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aThousandOperationsAreUndoneAndRedoneExactly() {
        base::Random random(17);
        auto score = randomScore(5, {.notes = 60});
        const auto first = score;
        IdMint mint(score);
        std::vector<ScoreEdit> done;
        std::vector<int> used(allOperations().size());
        while (done.size() < 1000) {
            const auto which = random.below(allOperations().size());
            const auto ids = someNotes(score, random.next(), 3);
            const auto result = allOperations()[which](score, ids, random, mint);
            if (result.edit.isEmpty()) continue;
            const auto missing = presenceFault(score, result.edit);
            QVERIFY2(missing.empty(), qPrintable(QString("operation %1: %2").arg(which).arg(missing.c_str())));
            const auto before = score;
            apply(result.edit, score);
            const auto fault = boundsFault(score);
            QVERIFY2(fault.empty(), qPrintable(QString("operation %1: %2").arg(which).arg(fault.c_str())));
            // A piece that grew or shrank too far is taken back, as a user would.
            if (noteCount(score) > 1500 || noteCount(score) < 60 || score.tracks.size() > 8 ||
                score.tracks.size() < 2 || lastTick(score) > Tick{400'000}) {
                apply(inverse(result.edit), score);
                QVERIFY(score == before);
                continue;
            }
            done.push_back(result.edit);
            ++used[which];
        }
        const auto last = score;
        for (auto step = done.size(); step-- > 0;) apply(inverse(done[step]), score);
        QVERIFY(score == first);
        for (const auto& edit : done) apply(edit, score);
        QVERIFY(score == last);
        const auto unused = std::ranges::count(used, 0);
        QVERIFY2(unused <= 1, qPrintable(QString("%1 operations never did anything").arg(unused)));
    }
};

QTEST_APPLESS_MAIN(AllOperationsTest)
#include "all_operations_test.moc"
