#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/theme/theme.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;
using score::NoteMarks;

namespace {

/// How many pixels of `area` have just this colour.
int countOf(const QImage& picture, const QRectF& area, const QColor& colour) {
    int count = 0;
    const auto box = area.toRect() & picture.rect();
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x)
            count += (picture.pixel(x, y) & 0xffffffu) == (colour.rgb() & 0xffffffu);
    return count;
}

} // namespace

class PianoRollPictureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNoteHasTheTintOfItsVelocityAndTheEdgeOfItsTrack() {
        RollFixture roll;
        const auto picture = roll.picture();
        const auto body = bodyOf(roll.panel.state().geometry(), roll.notes()[1]);
        const auto edge = theme().trackColour(0);
        QVERIFY(countOf(picture, body, edge) >= 60);
        QVERIFY(countOf(picture, body, QColor::fromRgb(theme().noteTints.fill[0][80])) > 150);
    }

    void aSelectedNoteHasTheOutlineAndACutCorner() {
        RollFixture roll;
        const auto outline = theme().roll.selectedOutline;
        const auto body = bodyOf(roll.panel.state().geometry(), roll.notes()[1]).adjusted(-3, -3, 3, 3);
        QVERIFY(countOf(roll.picture(), body.adjusted(0, 0, 0, -14), outline) < 10); // the label may have its colour
        roll.document.selection().select({roll.notes()[1].id});
        const auto picture = roll.picture();
        QVERIFY(countOf(picture, body.adjusted(0, 0, 0, -14), outline) > 80);
        const QRectF corner(body.right() - 9, body.top() + 3, 6, 6);
        QVERIFY(countOf(picture, corner, outline) > 12);
    }

    void statesDifferInShape() {
        RollFixture roll;
        const auto body = bodyOf(roll.panel.state().geometry(), roll.notes()[1]);
        const auto fill = QColor::fromRgb(theme().noteTints.fill[0][80]);
        const auto withMarks = [&](NoteMarks marks) {
            auto piece = threeNotes();
            piece.tracks[0].notes[1].marks = marks;
            RollFixture marked(piece);
            return marked.picture();
        };
        QCOMPARE(countOf(withMarks(NoteMarks::Muted), body, fill), 0);
        QVERIFY(countOf(withMarks(NoteMarks::Locked), body, theme().roll.lock) > 150);
        QVERIFY(countOf(withMarks(NoteMarks::FromNet), body, theme().model.base) > 80);
    }

    void candidatesAreDashedAndAcceptedInOneStep() {
        RollFixture roll;
        auto& candidates = roll.document.candidates();
        candidates.begin({{3840}, {7680}});
        candidates.add({roll.document.currentTrack(), {.onset = {3840}, .length = {960}, .pitch = 62}});
        candidates.finish();
        const auto body = bodyOf(roll.panel.state().geometry(), candidates.notes()[0].note);
        const QRectF top(body.left(), body.top(), body.width(), 1);
        const int dashes = countOf(roll.picture(), top, theme().model.base);
        QVERIFY(dashes > 40 && dashes < 75); // three on, two off
        roll.document.acceptCandidates();
        QCOMPARE(roll.undoText(), QStringLiteral("Generate 1 bar"));
        QCOMPARE(roll.document.history().count(), 1);
        QVERIFY(score::has(roll.notes()[3].marks, NoteMarks::FromNet));
    }

    void thePlayheadRepaintsNoNotes() {
        RollFixture roll;
        roll.picture();
        const int painted = roll.view().sceneCount();
        for (int tick = 0; tick < 4000; tick += 100) {
            roll.panel.setPlayhead({tick}, true);
            QCoreApplication::processEvents();
        }
        QCOMPARE(roll.view().sceneCount(), painted);
        const auto picture = roll.picture();
        const int x = static_cast<int>(std::lround(roll.panel.state().geometry().xOf({3900})));
        QVERIFY(countOf(picture, QRectF(x, 0, 1, picture.height()), theme().playhead) > 300);
    }

    void thePageTurnsWithThePlayheadUntilOneScrolls() {
        RollFixture roll;
        auto& state = roll.panel.state();
        roll.panel.setPlayhead({0}, true);
        roll.panel.setPlayhead({15'000}, true);
        QVERIFY(state.geometry().scrollX > 0);
        roll.wheel({100, 100}, 20, Qt::ShiftModifier);
        const auto scrolled = state.geometry().scrollX;
        roll.panel.setPlayhead({30'000}, true);
        QCOMPARE(state.geometry().scrollX, scrolled);
    }

    void aMillionNotesLookTheSameFromFarByEitherWay() {
        auto piece = newPiece();
        score::IdMint mint(piece);
        for (int i = 0; i < 60'000; ++i) piece.tracks[0].notes.push_back(noteAt(mint, i * 30, 48 + i % 25, 30));
        RollFixture roll(piece);
        roll.panel.fitSong();
        const auto picture = roll.picture();
        const auto fill = QColor::fromRgb(theme().noteTints.fill[0][80]);
        const auto& geometry = roll.panel.state().geometry();
        const QRectF music(geometry.xOf({0}) + 2, geometry.yOf(72),
                           geometry.xOf(roll.document.lastTick()) - geometry.xOf({0}) - 4, 25 * geometry.rowHeight);
        QVERIFY(countOf(picture, music, fill) > music.width() * music.height() / 4);
    }

    void bothThemesAreDrawnWithTheirOwnColours() {
        RollFixture roll;
        QVERIFY(Theme::use(QStringLiteral("light")));
        const auto picture = roll.picture();
        QVERIFY(countOf(picture, QRectF(picture.rect()), theme().roll.rowWhite) > 1000);
        QVERIFY(Theme::use(QStringLiteral("dark")));
    }
};

QTEST_MAIN(PianoRollPictureTest)
#include "piano_roll_picture_test.moc"
