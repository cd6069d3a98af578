#include "tests/ui/pianoroll/roll_fixture.h"

#include <QSignalSpy>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// C major; C4, C♯4, E4, G4.
score::Score inCMajor() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    piece.keys.push_back({.id = mint.event(), .chunk = 0, .at = {}, .sharps = 0, .minor = false});
    piece.tracks[0].notes.push_back(noteAt(mint, 2880, 61));
    return piece;
}

int countOf(const QImage& picture, const QRect& area, const QColor& colour) {
    int count = 0;
    const auto box = area & picture.rect();
    for (int y = box.top(); y <= box.bottom(); ++y)
        for (int x = box.left(); x <= box.right(); ++x)
            count += (picture.pixel(x, y) & 0xffffffu) == (colour.rgb() & 0xffffffu);
    return count;
}

} // namespace

class FoldAndScaleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fFoldsToTheRowsInUseAndBack() {
        RollFixture roll(inCMajor());
        const auto before = roll.document.score();
        const auto& geometry = roll.panel.state().geometry();
        roll.key(Qt::Key_F);
        QCOMPARE(geometry.rows.rows(), 4);
        QVERIFY(!geometry.shows(62));
        roll.key(Qt::Key_F);
        QCOMPARE(geometry.rows.rows(), 128);
        QVERIFY(roll.document.score() == before);
        QVERIFY(!roll.document.history().canUndo());
    }

    void foldingKeepsTheMiddleOfTheViewWhereItIs() {
        RollFixture roll(inCMajor());
        auto& state = roll.panel.state();
        auto view = state.geometry();
        view.rowHeight = 40;
        state.setGeometry(view);
        view.scrollY = state.geometry().yOf(64) + state.geometry().scrollY - state.viewSize().height() / 2 + 20;
        state.setGeometry(view);
        const double y = state.geometry().yOf(64);
        roll.key(Qt::Key_G);
        QVERIFY(std::abs(state.geometry().yOf(64) - y) < 1);
    }

    void gFoldsToTheScaleAndADragMovesByItsSteps() {
        RollFixture roll(inCMajor());
        roll.key(Qt::Key_G);
        const auto& rows = roll.panel.state().geometry().rows;
        QVERIFY(rows.kind() == RowMap::Kind::Scale);
        QVERIFY(rows.shows(61) && rows.isMarked(rows.rowOf(61)) && !rows.shows(63));
        roll.drag(roll.at(1200, 64), roll.at(1200, 65)); // E up to F, the next row
        QCOMPARE(roll.notes()[1].pitch, std::uint8_t{65});
        QCOMPARE(roll.undoText(), QStringLiteral("Transpose note"));
        roll.key(Qt::Key_A, Qt::ControlModifier);
        roll.key(Qt::Key_Up);
        QCOMPARE(roll.notes()[0].pitch, std::uint8_t{62});
        QCOMPARE(roll.notes()[2].pitch, std::uint8_t{69});
        QCOMPARE(roll.notes()[3].pitch, std::uint8_t{63}); // C♯ stays a semitone over its degree
        roll.document.history().undo();
        roll.document.history().undo();
        QVERIFY(roll.document.score() == inCMajor());
    }

    void aPieceWithoutAKeyCannotBeFoldedToItsScale() {
        RollFixture roll;
        QSignalSpy hints(&roll.panel, &RollPanel::hintChanged);
        roll.key(Qt::Key_G);
        QCOMPARE(roll.panel.state().geometry().rows.rows(), 128);
        QVERIFY(!hints.isEmpty() && hints.last()[0].toString().contains(QStringLiteral("no key")));
    }

    void theScaleViewFollowsTheKeysOfThePiece() {
        auto piece = inCMajor();
        score::IdMint mint(piece);
        piece.keys.push_back({.id = mint.event(), .chunk = 0, .at = {3840}, .sharps = 2, .minor = false}); // D major
        RollFixture roll(piece);
        roll.panel.state().setShowsScale(true);
        const auto picture = roll.picture();
        const auto& geometry = roll.panel.state().geometry();
        const auto rowPart = [&](std::int64_t from, std::int64_t to, int pitch) {
            return QRectF(QPointF(geometry.xOf({from}) + 1, geometry.yOf(pitch)),
                          QPointF(geometry.xOf({to}) - 1, geometry.yOf(pitch) + geometry.rowHeight))
                .toRect();
        };
        QVERIFY(countOf(picture, rowPart(0, 3840, 72), theme().roll.rowRoot) > 1000);
        QCOMPARE(countOf(picture, rowPart(0, 3840, 74), theme().roll.rowRoot), 0);
        QVERIFY(countOf(picture, rowPart(3840, 7680, 74), theme().roll.rowRoot) > 1000);
        QVERIFY(countOf(picture, rowPart(3840, 7680, 72), theme().roll.rowOutOfScale) > 1000);
    }

    void blackKeysCanStayVisibleInTheScaleView() {
        auto piece = inCMajor();
        piece.keys[0].sharps = -3; // E♭ major: B♭ belongs to it
        RollFixture roll(piece);
        auto options = roll.panel.state().options();
        options.scale = true;
        roll.panel.state().setOptions(options);
        const auto row = [&] { return QRectF(0, roll.panel.state().geometry().yOf(70), 400, 13).toRect(); };
        QCOMPARE(countOf(roll.picture(), row(), theme().roll.rowBlack), 0);
        options.keyColours = true;
        roll.panel.state().setOptions(options);
        QVERIFY(countOf(roll.picture(), row(), theme().roll.rowBlack) > 1000);
    }

    void pitchesAreCalledAsTheUserSays_data() {
        QTest::addColumn<int>("naming");
        QTest::addColumn<bool>("flats");
        QTest::addColumn<QString>("names");
        QTest::newRow("English") << 0 << true << QStringLiteral("C4 E♭4 B♭4 B4");
        QTest::newRow("English sharps") << 0 << false << QStringLiteral("C4 D♯4 A♯4 B4");
        QTest::newRow("German") << 1 << true << QStringLiteral("C4 Es4 B4 H4");
        QTest::newRow("German sharps") << 1 << false << QStringLiteral("C4 Dis4 Ais4 H4");
        QTest::newRow("Fixed do") << 2 << true << QStringLiteral("Do4 Mi♭4 Si♭4 Si4");
    }
    void pitchesAreCalledAsTheUserSays() {
        QFETCH(int, naming);
        QFETCH(bool, flats);
        QFETCH(QString, names);
        QStringList said;
        for (const int pitch : {60, 63, 70, 71}) said << pitchName(pitch, flats, static_cast<PitchNaming>(naming));
        QCOMPARE(said.join(' '), names);
    }
};

QTEST_MAIN(FoldAndScaleTest)
#include "fold_and_scale_test.moc"
