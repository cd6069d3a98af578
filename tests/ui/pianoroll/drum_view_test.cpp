#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/drum_commands.h"
#include "ui/pianoroll/keyboard.h"

#include <QLineEdit>
#include <QMenu>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// Kick, closed hi-hat, open hi-hat, closed hi-hat on channel 10, half a beat apart.
score::Score beat() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    piece.tracks[0].channel = 9;
    for (const auto& [onset, key] : {std::pair{0, 36}, {0, 42}, {480, 46}, {960, 42}})
        piece.tracks[0].notes.push_back(noteAt(mint, onset, key, 120));
    return piece;
}

struct DrumFixture : RollFixture {
    explicit DrumFixture(score::Score piece = beat()) : RollFixture(std::move(piece)) {
        auto view = panel.state().geometry();
        view.scrollY = 1e6; // the kick is at the bottom
        panel.state().setGeometry(view);
    }
    Keyboard& keyboard() { return *panel.findChild<Keyboard*>(); }
    void pressKey(QEvent::Type type, QPointF at, Qt::MouseButton button = Qt::LeftButton) {
        send(type, at, type == QEvent::MouseMove ? Qt::NoButton : button,
             type == QEvent::MouseButtonRelease ? Qt::NoButton : button, {}, &keyboard());
    }
};

} // namespace

class DrumViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void channelTenIsShownAsAKit() {
        DrumFixture roll;
        const auto& state = roll.panel.state();
        QVERIFY(state.isDrumView());
        QVERIFY(state.geometry().rows.rowOf(36) < state.geometry().rows.rowOf(38));
        QVERIFY(state.geometry().rows.rowOf(44) < state.geometry().rows.rowOf(42)); // pedal below closed
        QVERIFY(state.geometry().shows(81) && !state.geometry().shows(20));
        roll.panel.state().setDrumView(false);
        QVERIFY(!state.isDrumView());
        QCOMPARE(state.geometry().rows.rows(), 128);
        QVERIFY(!RollFixture().panel.state().isDrumView());
    }

    void foldLeavesThePiecesInUse() {
        DrumFixture roll;
        roll.key(Qt::Key_F);
        QCOMPARE(roll.panel.state().geometry().rows.rows(), 3);
    }

    void aClickOfThePencilSwitchesAHitOnAndOff() {
        DrumFixture roll;
        roll.panel.state().setTool(RollTool::Draw);
        roll.click(roll.at(1930, 38));
        QCOMPARE(roll.notes().size(), std::size_t{5});
        QCOMPARE(roll.notes()[4].onset.fromStart, 1920); // to the nearest line
        QCOMPARE(roll.notes()[4].length.count, roll.panel.state().hitLength().count);
        roll.click(roll.at(1950, 38));
        QCOMPARE(roll.notes().size(), std::size_t{4});
        QCOMPARE(roll.undoText(), QStringLiteral("Delete hit"));
        QCOMPARE(roll.document.history().count(), 2);
        roll.document.history().undo();
        roll.document.history().undo();
        QVERIFY(roll.document.score() == beat());
    }

    void aVerticalDragOfThePencilOnAHitIsItsVelocity() {
        DrumFixture roll;
        roll.panel.state().setTool(RollTool::Draw);
        roll.drag(roll.at(970, 42), roll.at(970, 42) - QPointF(0, 20));
        QCOMPARE(roll.notes()[3].velocity, std::uint8_t{95});
        QCOMPARE(roll.notes()[3].pitch, std::uint8_t{42});
        QCOMPARE(roll.document.history().count(), 1);
        roll.drag(roll.at(970, 42), roll.at(1450, 42)); // sideways it moves
        QCOMPARE(roll.notes()[3].onset.fromStart, 1440);
    }

    void aSelectionMovesByRowsOfTheKit() {
        DrumFixture roll;
        const auto& rows = roll.panel.state().geometry().rows;
        const int above = rows.pitchOf(rows.rowOf(36) + 1);
        roll.drag(roll.at(0, 36) + QPointF(2, 0), roll.at(0, above) + QPointF(2, 0));
        QCOMPARE(int{roll.notes()[0].pitch == above || roll.notes()[1].pitch == above}, 1);
        QCOMPARE(roll.undoText(), QStringLiteral("Transpose note"));
    }

    void hitsAreTrianglesFromTheirOnsetOn() {
        DrumFixture roll;
        const auto body = bodyOf(roll.panel.state().geometry(), roll.notes()[2]);
        const auto picture = roll.picture();
        const auto fill = QColor::fromRgb(theme().noteTints.fill[0][80]).rgb() & 0xffffffu;
        const auto at = [&](double x, double y) {
            return picture.pixel(QPointF(body.left() + x, body.top() + y).toPoint()) & 0xffffffu;
        };
        QCOMPARE(at(3, 6), fill);
        QCOMPARE(at(4, 6), fill);
        QVERIFY(at(6, 1) != fill && at(6, 12) != fill);
        QCOMPARE(at(0.4, 6), theme().trackColour(0).rgb() & 0xffffffu);
        QVERIFY(hitAt(roll.panel.state(), body.center()).note.has_value());
        QVERIFY(!hitAt(roll.panel.state(), body.center() + QPointF(30, 0)).note);
        QCOMPARE(roll.panel.state().nameOf(46), QStringLiteral("Open hi-hat"));
    }

    void anOpenHatRingsUntilTheClosedOne() {
        DrumFixture roll;
        const auto picture = roll.picture();
        const auto& geometry = roll.panel.state().geometry();
        const int y = static_cast<int>(geometry.yOf(46) + geometry.rowHeight / 2);
        const auto ink = theme().trackColour(0).rgb() & 0xffffffu;
        QCOMPARE(picture.pixel(static_cast<int>(geometry.xOf({720})), y) & 0xffffffu, ink);
        QVERIFY((picture.pixel(static_cast<int>(geometry.xOf({1200})), y) & 0xffffffu) != ink);
    }

    void hiddenRowsHoldNoSelectionAndAreCounted() {
        DrumFixture roll;
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{4});
        auto map = roll.panel.state().drumMap();
        map.hide(42);
        roll.panel.state().setDrumMap(map);
        QCOMPARE(roll.panel.state().hiddenNotes(), std::size_t{2});
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{2});
        roll.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(roll.document.selection().notes().size(), std::size_t{2});
        roll.document.selection().select({roll.notes()[1].id}); // from another panel
        QVERIFY(roll.document.selection().isEmpty());
        QVERIFY(roll.document.score() == beat());
    }

    void aRowIsDraggedToAnotherPlace() {
        DrumFixture roll;
        const auto& geometry = roll.panel.state().geometry();
        const auto at = [&](int key) { return QPointF(30, geometry.yOf(key) + geometry.rowHeight / 2); };
        const int kick = geometry.rows.rowOf(36), snare = geometry.rows.rowOf(38);
        const auto target = at(38);
        roll.pressKey(QEvent::MouseButtonPress, at(36));
        roll.pressKey(QEvent::MouseMove, at(36) - QPointF(0, 6));
        roll.pressKey(QEvent::MouseMove, target);
        roll.pressKey(QEvent::MouseButtonRelease, target);
        QCOMPARE(geometry.rows.rowOf(36), snare);
        QVERIFY(kick < snare);
        QVERIFY(roll.document.score() == beat());
    }

    void aPieceIsRenamedInItsRow() {
        DrumFixture roll;
        roll.keyboard().startRenaming(38);
        auto* field = roll.keyboard().findChild<QLineEdit*>();
        QVERIFY(field);
        field->setText(QStringLiteral("Piccolo"));
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(roll.panel.state().drumMap().name(38), QStringLiteral("Piccolo"));
        QVERIFY(DrumMap::fromJson(roll.panel.state().drumMap().toJson()) == roll.panel.state().drumMap());
    }

    void theMenuOfARowHidesItAndShowsAllAgain() {
        DrumFixture roll;
        const auto trigger = [&](const QString& text) {
            QScopedPointer<QMenu> menu(roll.keyboard().makeMenu(38, nullptr));
            for (auto* action : menu->actions())
                if (action->text() == text && action->isEnabled()) return action->trigger(), true;
            return false;
        };
        QVERIFY(!trigger(QStringLiteral("Show all rows")));
        QVERIFY(trigger(QStringLiteral("Hide")));
        QVERIFY(!roll.panel.state().geometry().shows(38));
        QVERIFY(trigger(QStringLiteral("Show all rows")));
        QVERIFY(roll.panel.state().geometry().shows(38));
    }

    void ghostHitsFlamsAndRollsAreOneStepEach() {
        DrumFixture roll;
        roll.document.selection().select({roll.notes()[2].id});
        makeGhostHits(roll.panel.state());
        QCOMPARE(roll.notes()[2].velocity, std::uint8_t{28});
        QCOMPARE(roll.undoText(), QStringLiteral("Ghost note"));
        roll.document.history().undo();
        makeFlams(roll.panel.state());
        QCOMPARE(roll.notes().size(), std::size_t{5});
        QVERIFY(roll.notes()[2].pitch == 46 && roll.notes()[2].onset.fromStart < 480);
        QVERIFY(roll.notes()[2].velocity < 80);
        roll.document.history().undo();
        makeRolls(roll.panel.state()); // a sixteenth holds two thirty-seconds
        QCOMPARE(roll.notes().size(), std::size_t{5});
        QCOMPARE(roll.document.history().count(), 1);
        roll.document.history().undo();
        QVERIFY(roll.document.score() == beat());
    }

    void howTheRollIsLookedAtLastsFromSessionToSession() {
        RollSettings settings;
        settings.options.several = settings.options.keyColours = true;
        settings.options.ghosts = false;
        settings.options.naming = PitchNaming::German;
        settings.options.ghostSource = GhostSource::Family;
        settings.drumMap.hide(40);
        settings.drumMap.move(36, 46);
        settings.drumMap.rename(38, QStringLiteral("Piccolo"));
        QVERIFY(rollSettingsFromJson(toJson(settings)) == settings);
        QVERIFY(rollSettingsFromJson("{\"naming\":77,\"ghosts\":\"?\"}") == RollSettings());
        DrumFixture roll;
        roll.panel.state().restore(settings);
        QVERIFY(!roll.panel.state().geometry().shows(40));
        QVERIFY(roll.panel.state().settings() == settings);
    }

    void aDamagedDrumMapKeepsTheKit() {
        QVERIFY(DrumMap::fromJson("") == DrumMap());
        QVERIFY(DrumMap::fromJson("[1,2") == DrumMap());
        QVERIFY(DrumMap::fromJson("{\"order\":[-4,900,\"x\"],\"hidden\":[300],\"names\":{\"a\":1}}").rows({}, false) ==
                DrumMap().rows({}, false));
    }
};

QTEST_MAIN(DrumViewTest)
#include "drum_view_test.moc"
