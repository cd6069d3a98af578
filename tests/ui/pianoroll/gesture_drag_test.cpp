#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/gesture_names.h"
#include "ui/shortcuts/shortcuts.h"

#include "ui/pianoroll/gesture_words.h"
#include "ui/pianoroll/note_hits.h"

#include <algorithm>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

/// Each drag of each program's habits, with each of its modifiers pressed, released and swapped while it goes on.
namespace {

using Modifiers = Qt::KeyboardModifiers;

/// Notes of the drags: the first two are selected, of different lengths, the third is not.
score::Score piece() {
    auto made = newPiece();
    score::IdMint mint(made);
    made.tracks[0].notes = {noteAt(mint, 0, 60, 480), noteAt(mint, 960, 64, 960), noteAt(mint, 2880, 67, 480)};
    return made;
}

Qt::Key keyOf(Modifiers modifier) {
    if (modifier == Qt::ShiftModifier) return Qt::Key_Shift;
    if (modifier == Qt::AltModifier) return Qt::Key_Alt;
    return modifier == Qt::MetaModifier ? Qt::Key_Meta : Qt::Key_Control;
}

/// What became of the piece and the selection.
struct Outcome {
    score::Score score;
    NoteSet selection;
    int steps = 0;
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Shown once: what a drag does does not depend on what was there before.
std::unique_ptr<RollFixture> sharedRoll;

/// A drag under way on a fresh roll, and a hand that changes modifiers.
class Drag {
public:
    /// `early`: held from just after the press.
    explicit Drag(const GestureEntry& entry, Modifiers early = {})
        : roll_(*sharedRoll), entry_(entry), held_(entry.modifiers) {
        roll_.document.replace(piece(), {});
        roll_.resetView();
        roll_.panel.state().setTool(*entry.tool);
        roll_.document.selection().select({roll_.notes()[0].id, roll_.notes()[1].id});
        before_ = outcome();
        const auto button = entry.trigger == Trigger::RightDrag ? Qt::RightButton : Qt::LeftButton;
        from_ = start();
        roll_.press(from_, held_, button);
        if (early) hold(early);
        move({5.0, 0});
        move(travel() / 2);
        move(travel());
    }

    RollFixture& roll() { return roll_; }
    const Outcome& before() const { return before_; }
    void hold(Modifiers modifier) { QTest::keyPress(&roll_.view(), keyOf(modifier), held_ |= modifier); }
    void letGo(Modifiers modifier) { QTest::keyRelease(&roll_.view(), keyOf(modifier), held_ &= ~modifier); }
    bool touches(const score::Note& note) {
        return QRectF(from_, from_ + travel()).normalized().intersects(bodyOf(roll_.panel.state().geometry(), note));
    }
    Outcome finish() {
        roll_.release(from_ + travel(), held_);
        return outcome();
    }
    Outcome escape() {
        roll_.key(Qt::Key_Escape, held_);
        roll_.release(from_ + travel(), held_);
        return outcome();
    }

private:
    /// Beyond every threshold, off the grid, to the right more than upwards.
    static QPointF travel() { return {73, -80}; }
    void move(QPointF by) { roll_.move(from_ + by, held_); }
    Outcome outcome() {
        return {roll_.document.score(), roll_.document.selection().notes(), roll_.document.history().count()};
    }
    QPointF start() {
        switch (entry_.spot.value_or(Spot::Empty)) {
        case Spot::Note:
            return roll_.at(1300, 64) + QPointF(0, 2);
        case Spot::NoteTop:
            return roll_.at(1300, 64) - QPointF(0, 5);
        case Spot::StartEdge:
            return roll_.at(960 + 40, 64);
        case Spot::EndEdge:
            return roll_.at(1920 - 40, 64);
        default:
            return roll_.at(2400, 62);
        }
    }

    RollFixture& roll_;
    GestureEntry entry_;
    Modifiers held_;
    QPointF from_;
    Outcome before_;
};

const std::vector<score::Note>& notesOf(const Outcome& outcome) { return outcome.score.tracks[0].notes; }
bool onGrid(score::Tick at) { return at.fromStart % 240 == 0; }

std::vector<score::Note> added(const Outcome& before, const Outcome& after) {
    std::vector<score::Note> fresh;
    for (const auto& note : notesOf(after))
        if (std::ranges::find(notesOf(before), note.id, &score::Note::id) == notesOf(before).end())
            fresh.push_back(note);
    return fresh;
}

/// The documented meaning of each role, seen in what came of the drag; an empty text where it is kept.
QString broken(Drag& drag, Action action, Role role, const Outcome& after) {
    const auto& before = drag.before();
    const auto& was = notesOf(before);
    const auto& is = notesOf(after);
    const auto fresh = added(before, after);
    const auto& touched =
        action == Action::Copy || action == Action::DrawNote || action == Action::PlaceNote ? fresh : is;
    switch (role) {
    case Role::Free: {
        const bool anyOff =
            std::ranges::any_of(touched, [](const auto& note) { return !onGrid(note.onset) || !onGrid(note.end()); });
        return anyOff || action == Action::Split ? QString() : QStringLiteral("everything is on the grid");
    }
    case Role::OneAxis:
        for (const auto& note : touched)
            if (std::ranges::none_of(was, [&](const auto& old) { return old.pitch == note.pitch; }))
                return QStringLiteral("a pitch changed in a drag that began sideways");
        return {};
    case Role::OneTime:
        if (action == Action::ResizeEnd && is[0].end() != is[1].end()) return QStringLiteral("ends differ");
        // a note that ends before that time keeps a tick
        if (action == Action::ResizeStart && is[0].onset != std::min(is[1].onset, is[0].end() - score::Ticks{1}))
            return QStringLiteral("starts differ");
        return {};
    case Role::InProportion: {
        const double first = static_cast<double>(is[0].length.count) / static_cast<double>(was[0].length.count);
        const double second = static_cast<double>(is[1].length.count) / static_cast<double>(was[1].length.count);
        return std::abs(first - second) < 0.01 ? QString() : QStringLiteral("lengths are not in proportion");
    }
    case Role::AllAlike:
        return is[0].velocity == is[1].velocity ? QString() : QStringLiteral("velocities differ");
    case Role::Add:
        for (const auto id : before.selection)
            if (!after.selection.contains(id)) return QStringLiteral("a note left the selection");
        return {};
    case Role::Toggle: // of a lasso, whose line here encloses nothing, nothing
        for (const auto& note : was) {
            const bool flips = action == Action::Band && drag.touches(note);
            if ((before.selection.contains(note.id) != after.selection.contains(note.id)) != flips)
                return QStringLiteral("touched notes were not toggled");
        }
        return {};
    case Role::TakeAway:
        for (const auto id : after.selection)
            if (!before.selection.contains(id)) return QStringLiteral("the selection grew");
        return {};
    case Role::OnePitch:
        for (const auto& note : fresh)
            if (note.pitch != fresh.front().pitch) return QStringLiteral("painted pitches differ");
        return {};
    case Role::LongerPart:
        return is.size() == was.size() ? QString() : QStringLiteral("both parts are there");
    }
    return {};
}

struct Case {
    QString preset;
    GestureEntry entry;
};

std::vector<Case> allDrags() {
    std::vector<Case> cases;
    for (const auto& [preset, table] : gestureBook().presets)
        for (const auto& row : table.entries()) {
            const bool drags = row.trigger == Trigger::Drag || row.trigger == Trigger::RightDrag;
            if (drags && row.tool && row.spot && *row.tool != RollTool::Stretch) cases.push_back({preset, row});
        }
    return cases;
}

} // namespace

class GestureDragTest : public QObject {
    Q_OBJECT

    static void addRows() {
        QTest::addColumn<int>("index");
        const auto cases = allDrags();
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(qPrintable(cases[i].preset + ": " + gestureId(cases[i].entry))) << static_cast<int>(i);
    }

private Q_SLOTS:
    void initTestCase() { sharedRoll = std::make_unique<RollFixture>(piece()); }
    void cleanupTestCase() { sharedRoll.reset(); }
    void init() { QVERIFY(shortcutBook().keepIn({})); }

    void thereAreDragsInEachPreset() { QVERIFY(allDrags().size() > 80); }

    void aModifierPressedInTheMiddleMeansWhatTheTableSays_data() { addRows(); }
    void aModifierPressedInTheMiddleMeansWhatTheTableSays() {
        QFETCH(int, index);
        const auto [preset, entry] = allDrags()[static_cast<std::size_t>(index)];
        shortcutBook().usePreset(preset);
        for (const auto& [modifier, role] : gestures().rolesOf(entry.action)) {
            if (entry.modifiers.testFlag(modifier)) continue;
            Drag drag(entry, isPath(entry.action) ? Modifiers(modifier) : Modifiers());
            if (!isPath(entry.action)) drag.hold(modifier);
            const auto after = drag.finish();
            const auto fault = broken(drag, entry.action, role, after);
            QVERIFY2(fault.isEmpty(), qPrintable(modifierText(modifier) + ": " + fault));
            QVERIFY(after.steps <= 1);
        }
    }

    void aModifierPressedAndReleasedLeavesNoTrace_data() { addRows(); }
    void aModifierPressedAndReleasedLeavesNoTrace() {
        QFETCH(int, index);
        const auto [preset, entry] = allDrags()[static_cast<std::size_t>(index)];
        shortcutBook().usePreset(preset);
        const auto plain = Drag(entry).finish();
        for (const auto& [modifier, role] : gestures().rolesOf(entry.action)) {
            if (entry.modifiers.testFlag(modifier) || isPath(entry.action)) continue;
            Drag drag(entry);
            drag.hold(modifier);
            drag.letGo(modifier);
            QVERIFY2(drag.finish() == plain, qPrintable(modifierText(modifier)));
        }
    }

    void aModifierSwappedForAnotherLeavesOnlyTheOther_data() { addRows(); }
    void aModifierSwappedForAnotherLeavesOnlyTheOther() {
        QFETCH(int, index);
        const auto [preset, entry] = allDrags()[static_cast<std::size_t>(index)];
        shortcutBook().usePreset(preset);
        const auto& roles = gestures().rolesOf(entry.action);
        for (const auto& [first, a] : roles)
            for (const auto& [second, b] : roles) {
                if (first == second || entry.modifiers.testFlag(first) || entry.modifiers.testFlag(second)) continue;
                Drag only(entry);
                only.hold(second);
                Drag swapped(entry);
                swapped.hold(first);
                swapped.hold(second);
                swapped.letGo(first);
                QVERIFY2(swapped.finish() == only.finish(), qPrintable(modifierText(first) + modifierText(second)));
            }
    }

    void escapeRestoresExactly_data() { addRows(); }
    void escapeRestoresExactly() {
        QFETCH(int, index);
        const auto [preset, entry] = allDrags()[static_cast<std::size_t>(index)];
        shortcutBook().usePreset(preset);
        Drag drag(entry);
        for (const auto& [modifier, role] : gestures().rolesOf(entry.action)) drag.hold(modifier);
        QVERIFY(drag.escape() == drag.before());
        QVERIFY(drag.roll().panel.state().preview().isEmpty());
    }

    void aLassoSelectsWhatItsLineEncloses() {
        RollFixture roll(piece());
        const auto at = roll.at(2880, 67);
        const auto held = Qt::ControlModifier | Qt::ShiftModifier;
        roll.press(at + QPointF(-20, 20), held);
        for (const auto& by : {QPointF(-20, -20), QPointF(70, -20), QPointF(70, 20), QPointF(-10, 20)})
            roll.move(at + by, held);
        roll.release(at + QPointF(-10, 20), held);
        QVERIFY(roll.isSelected(2) && !roll.isSelected(1) && !roll.isSelected(0));
        QVERIFY(!roll.document.history().canUndo());
    }

    void snappingIsLetGoOfWhileItsKeyIsHeld() {
        const GestureEntry move{RollTool::Select, Spot::Note, Trigger::Drag, {}, Action::Move};
        const auto plain = Drag(move).finish();
        Drag held(move);
        QTest::keyPress(&held.roll().view(), Qt::Key_N);
        QVERIFY(!held.roll().panel.state().grid().on);
        const auto off = held.finish();
        QVERIFY(!onGrid(notesOf(off)[1].onset) && !(off == plain));
        Drag released(move);
        QTest::keyPress(&released.roll().view(), Qt::Key_N);
        QTest::keyRelease(&released.roll().view(), Qt::Key_N);
        QVERIFY(released.roll().panel.state().grid().on);
        QVERIFY(released.finish() == plain);
    }

    void theLineAtTheFootAndThePointerFollowTheModifiers() {
        RollFixture roll(piece());
        QString hint;
        connect(&roll.panel, &RollPanel::hintChanged, &roll.panel, [&](const QString& text) { hint = text; });
        const auto at = roll.at(1300, 64) + QPointF(0, 2);
        roll.move(at);
        QVERIFY2(hint.startsWith("Drag moves the note"), qPrintable(hint));
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("move"));
        roll.move(at, Qt::ControlModifier);
        QVERIFY2(hint.startsWith("Drag copies the note"), qPrintable(hint));
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("copy-note"));
        roll.press(at);
        roll.move(at + QPointF(20, 0));
        QVERIFY2(hint.startsWith("Moves the note") && hint.contains("[Alt]no snap"), qPrintable(hint));
        QTest::keyPress(&roll.view(), Qt::Key_Alt, Qt::AltModifier);
        QVERIFY2(hint.startsWith("Moves the note: no snap"), qPrintable(hint));
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("move+free"));
        QTest::keyRelease(&roll.view(), Qt::Key_Alt);
        QCOMPARE(roll.view().cursorShape(), QStringLiteral("move"));
        roll.release(at + QPointF(20, 0));
    }

private:
    /// What passes over notes keeps what it has passed.
    static bool isPath(Action action) { return action == Action::Paint || action == Action::Lasso; }
};

QTEST_MAIN(GestureDragTest)
#include "gesture_drag_test.moc"
