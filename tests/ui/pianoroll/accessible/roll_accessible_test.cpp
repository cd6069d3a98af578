#include "ui/pianoroll/accessible/roll_accessible.h"

#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/accessible/note_words.h"
#include "ui/pianoroll/accessible/roll_parts.h"

#include <algorithm>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

/// What a screen reader was told, as it would ask back at once.
struct Told {
    QAccessible::Event type;
    QString name;
    QString description;
};
std::vector<Told> told;

void listen(QAccessibleEvent* event) {
    auto* part = event->accessibleInterface();
    told.push_back({event->type(), part ? part->text(QAccessible::Name) : QString(),
                    part ? part->text(QAccessible::Description) : QString()});
}

/// The last sentence that the roll said by itself.
QString lastSaid() {
    for (auto it = told.rbegin(); it != told.rend(); ++it)
        if (it->type == QAccessible::DescriptionChanged) return it->description;
    return {};
}

/// The name of what the reader was last sent to.
QString lastFocused() {
    for (auto it = told.rbegin(); it != told.rend(); ++it)
        if (it->type == QAccessible::Focus) return it->name;
    return {};
}

qsizetype count(QAccessible::Event type) { return std::ranges::count(told, type, &Told::type); }

struct Reader {
    explicit Reader(score::Score piece = threeNotes()) : roll(std::move(piece)) {
        QAccessible::setActive(true);
        told.clear();
    }
    /// Whether Qt hands updates on: not on each platform.
    static bool isHeard() {
        QWidget widget;
        told.clear();
        QAccessibleEvent event(&widget, QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
        return !std::exchange(told, {}).empty();
    }

    RollFixture roll;
    QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&roll.view());

    void act(int child, const QString& action) { list->child(child)->actionInterface()->doAction(action); }
};

} // namespace

class RollAccessibleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QAccessible::installUpdateHandler(&listen); }
    void init() { QVERIFY(shortcutBook().keepIn({})); }

    void lengthsAndPlacesAreSaid() {
        const score::Division division;
        QCOMPARE(lengthWords({960}, division), QStringLiteral("quarter"));
        QCOMPARE(lengthWords({1440}, division), QStringLiteral("dotted quarter"));
        QCOMPARE(lengthWords({320}, division), QStringLiteral("eighth triplet"));
        QCOMPARE(lengthWords({3840}, division), QStringLiteral("whole"));
        QCOMPARE(lengthWords({700}, division), QStringLiteral("700 ticks"));
        const auto piece = newPiece();
        const score::MeterMap meters(piece.meters, division);
        QCOMPARE(placeWords(meters, {3840 + 960}), QStringLiteral("bar 2 beat 2"));
        QCOMPARE(placeWords(meters, {5}), QStringLiteral("bar 1 beat 1 and 5 ticks"));
    }

    void notesInViewAreChildrenWithSpokenNames() {
        Reader reader;
        QCOMPARE(reader.list->childCount(), 3);
        QCOMPARE(reader.list->role(), QAccessible::List);
        auto* note = reader.list->child(1);
        QCOMPARE(note->role(), QAccessible::ListItem);
        QCOMPARE(note->text(QAccessible::Name), QStringLiteral("E4, bar 1 beat 2, eighth, velocity 80"));
        QVERIFY(note->parent() == reader.list);
        QCOMPARE(reader.list->indexOfChild(note), 1);
        reader.roll.document.selection().select({reader.roll.notes()[1].id});
        reader.roll.key(Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(note->text(QAccessible::Name),
                 QStringLiteral("E4, bar 1 beat 2, eighth, velocity 80, selected, locked"));
        QVERIFY(note->state().selected && note->state().focused && note->state().readOnly);
        QVERIFY(!reader.list->child(0)->state().selected);
    }

    void aPlaceOnTheScreenIsANoteAndANoteAPlace() {
        Reader reader;
        const auto box = reader.list->child(2)->rect();
        auto* found = reader.list->childAt(box.center().x(), box.center().y());
        QVERIFY(found == reader.list->child(2));
        QVERIFY(reader.list->rect().contains(box));
    }

    void notesOutOfViewAreNoChildren() {
        Reader reader;
        reader.roll.panel.state().scrollTo({1500});
        QCOMPARE(reader.list->childCount(), 1);
        QCOMPARE(reader.list->child(0)->text(QAccessible::Name),
                 QStringLiteral("G4, bar 1 beat 3, eighth, velocity 80"));
    }

    void actionsSelectToggleDeleteAndOpenTheMenu() {
        Reader reader;
        auto* first = reader.list->child(0);
        QVERIFY(first->actionInterface()->actionNames().contains(NotePart::deleteAction()));
        reader.act(0, QAccessibleActionInterface::pressAction());
        QVERIFY(reader.roll.isSelected(0));
        reader.act(1, NotePart::toggleAction());
        QVERIFY(reader.roll.isSelected(0) && reader.roll.isSelected(1));
        reader.act(1, NotePart::toggleAction());
        QVERIFY(!reader.roll.isSelected(1));
        reader.act(2, QAccessibleActionInterface::showMenuAction());
        QVERIFY(QApplication::activePopupWidget());
        QApplication::activePopupWidget()->close();
        reader.act(2, NotePart::deleteAction());
        QCOMPARE(reader.roll.notes().size(), std::size_t{2});
        QCOMPARE(reader.list->childCount(), 2);
        QCOMPARE(reader.roll.undoText(), QStringLiteral("Delete note"));
    }

    void theCellSaysWhereItIsAndWhetherANoteIsThere() {
        if (!Reader::isHeard()) QSKIP("Qt tells no screen reader anything on this platform");
        Reader reader;
        reader.roll.key(Qt::Key_Home);
        reader.roll.key(Qt::Key_Up);
        QVERIFY2(lastFocused().endsWith(", bar 1 beat 1, empty"), qPrintable(lastFocused()));
        reader.roll.key(Qt::Key_Right);
        QVERIFY2(lastFocused().contains("bar 1 beat 1 and 240 ticks"), qPrintable(lastFocused()));
        QCOMPARE(reader.list->childCount(), 4);
        QVERIFY(reader.list->focusChild() == reader.list->child(3));
    }

    void zoomAndGridAreSpoken() {
        if (!Reader::isHeard()) QSKIP("Qt tells no screen reader anything on this platform");
        Reader reader;
        reader.roll.wheel({300, 100}, 3, Qt::ControlModifier);
        QVERIFY2(lastSaid().startsWith("Grid 1/16, snap on, bars"), qPrintable(lastSaid()));
        QVERIFY(count(QAccessible::ValueChanged) >= 1);
        reader.roll.key(Qt::Key_1, Qt::ControlModifier);
        QVERIFY2(lastSaid().startsWith("Grid 1/32"), qPrintable(lastSaid()));
    }

    /// Nothing but keys goes in, nothing but what a screen reader hears is looked at.
    void sixteenNotesAreWrittenAndChangedByEarAlone() {
        if (!Reader::isHeard()) QSKIP("Qt tells no screen reader anything on this platform");
        Reader reader(newPiece());
        auto& roll = reader.roll;
        roll.key(Qt::Key_Home);
        roll.key(Qt::Key_Up);
        roll.key(Qt::Key_Down);
        for (int i = 0; i < 16; ++i) {
            QVERIFY2(lastFocused().endsWith("empty"), qPrintable(lastFocused()));
            roll.key(Qt::Key_Return);
            QVERIFY2(lastSaid().startsWith("Added ") && lastSaid().contains("quarter, velocity 80"),
                     qPrintable(lastSaid()));
            for (int step = 0; step < 4; ++step) roll.key(Qt::Key_Right);
        }
        QCOMPARE(count(QAccessible::ObjectCreated), 16);

        roll.key(Qt::Key_Home);
        roll.key(Qt::Key_Escape);
        roll.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY2(lastFocused().contains("bar 1 beat 1, quarter"), qPrintable(lastFocused()));
        QVERIFY(lastFocused().endsWith("selected"));
        roll.key(Qt::Key_Right, Qt::ControlModifier);
        QVERIFY2(lastFocused().contains("bar 1 beat 2, quarter"), qPrintable(lastFocused()));

        roll.key(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(lastSaid(), QStringLiteral("16 notes selected"));
        roll.key(Qt::Key_Up);
        QCOMPARE(lastSaid(), QStringLiteral("Moved to 16 notes"));
        roll.key(Qt::Key_BracketLeft);
        QCOMPARE(lastSaid(), QStringLiteral("Resized to 16 notes"));
        roll.key(Qt::Key_D, Qt::ControlModifier);
        QVERIFY2(std::ranges::any_of(told, [](const Told& one) { return one.description == "Added 16 notes"; }),
                 "the copies were not told");
        roll.key(Qt::Key_Delete);
        QVERIFY2(lastSaid().startsWith("Deleted 16 notes"), qPrintable(lastSaid()));
        QCOMPARE(roll.notes().size(), std::size_t{16});
        roll.key(Qt::Key_Left, Qt::ControlModifier);
        roll.key(Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY2(lastSaid().startsWith("Resized to ") && lastSaid().contains("quarter"), qPrintable(lastSaid()));
    }
};

QTEST_MAIN(RollAccessibleTest)
#include "roll_accessible_test.moc"
