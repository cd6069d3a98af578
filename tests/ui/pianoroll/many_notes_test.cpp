#include "engine/base/random.h"
#include "engine/base/stopwatch.h"
#include "tests/ui/pianoroll/roll_fixture.h"

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

constexpr int kNotes = 100'000;

score::Score manyNotes() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    base::Random random(4);
    for (int i = 0; i < kNotes; ++i)
        piece.tracks[0].notes.push_back(noteAt(mint, random.between(0, kNotes * 12),
                                               static_cast<int>(random.between(24, 100)), random.between(60, 900)));
    std::sort(piece.tracks[0].notes.begin(), piece.tracks[0].notes.end(), score::NoteOrder{});
    return piece;
}

/// The longest of the frames, to be told.
class Slowest {
public:
    template <typename Work>
    void frame(Work work) {
        base::Stopwatch watch;
        work();
        longest_ = std::max(longest_, watch.seconds() * 1e3);
        ++count_;
    }
    void tell(const char* what) const { qInfo("%s: %d frames, the longest %.1f ms", what, count_, longest_); }

private:
    double longest_ = 0;
    int count_ = 0;
};

} // namespace

/// Section 21, check 8: the gestures are right with 100,000 notes; the times are told, not judged.
class ManyNotesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void panningShowsTheSameNotesAsPaintingAfresh() {
        RollFixture roll(manyNotes());
        Slowest slowest;
        auto view = roll.panel.state().geometry();
        for (int i = 0; i < 60; ++i)
            slowest.frame([&] {
                view.scrollX = i * 1371.0;
                roll.panel.state().setGeometry(view);
                roll.view().repaint();
            });
        const auto panned = roll.picture();
        RollFixture fresh(manyNotes());
        fresh.panel.state().setGeometry(roll.panel.state().geometry());
        QVERIFY(panned == fresh.picture());
        slowest.tell("pan");
    }

    void zoomingOutAndInComesBackToTheSamePicture() {
        RollFixture roll(manyNotes());
        const auto before = roll.picture();
        Slowest slowest;
        for (const int notches : {-1, 1})
            for (int i = 0; i < 40; ++i)
                slowest.frame([&] {
                    roll.wheel({0, 200}, notches, Qt::ControlModifier);
                    roll.view().repaint();
                });
        auto view = roll.panel.state().geometry();
        view.pixelsPerTick = 0.1;
        view.scrollX = 0;
        roll.panel.state().setGeometry(view);
        QVERIFY(before == roll.picture());
        slowest.tell("zoom");
    }

    void aBandOverEverythingSelectsEverything() {
        RollFixture roll(manyNotes());
        roll.panel.fitSong();
        Slowest slowest;
        const double width = roll.view().width() - 1.0, height = roll.view().height() - 1.0;
        roll.press({0, 0});
        for (int i = 1; i <= 60; ++i)
            slowest.frame([&] {
                roll.move({width * i / 60, height * i / 60});
                roll.view().repaint();
            });
        roll.release({width, height});
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{kNotes});
        slowest.tell("band");
    }

    void transposingAllAndTakingItBackRestoresEveryNote() {
        const auto piece = manyNotes();
        RollFixture roll(piece);
        roll.key(Qt::Key_A, Qt::ControlModifier);
        Slowest slowest;
        slowest.frame([&] {
            roll.key(Qt::Key_Up);
            roll.view().repaint();
        });
        QCOMPARE(roll.undoText(), QStringLiteral("Transpose %1 notes").arg(kNotes));
        std::int64_t risen = 0;
        for (const auto& note : roll.notes()) risen += note.pitch;
        for (const auto& note : piece.tracks[0].notes) risen -= note.pitch;
        QCOMPARE(risen, std::int64_t{kNotes});
        slowest.frame([&] {
            roll.document.history().undo();
            roll.view().repaint();
        });
        QVERIFY(roll.document.score() == piece);
        slowest.tell("transpose and undo");
    }

    void aNoteAddedAndTakenAwayLeavesTheSamePicture() {
        RollFixture roll(manyNotes());
        roll.panel.state().scrollTo({600'000});
        const auto before = roll.picture();
        roll.document.selection().clear();
        roll.doubleClick(roll.at(604'000, 75));
        roll.document.history().undo();
        roll.document.selection().clear();
        roll.document.setInsertCursor({});
        QVERIFY(before == roll.picture());
    }
};

QTEST_MAIN(ManyNotesTest)
#include "many_notes_test.moc"
