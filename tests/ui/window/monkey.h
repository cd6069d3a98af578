#pragma once

#include "engine/base/random.h"
#include "engine/midi/midi_file_writer.h"
#include "tests/engine/score/operations/operation_laws.h"
#include "tests/ui/window/studio_fixture.h"

#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QTimer>
#include <QWheelEvent>

namespace continuo::ui::test {

/// Presses what it finds: buttons of the mouse, the wheel, keys and menu entries, by chance and by one seed. It knows
/// nothing of the studio but its widgets. What would wait for an answer (menus, dialogs) is answered by a timer.
class Monkey {
public:
    Monkey(StudioFixture& studio, std::uint64_t seed) : studio_(studio), random_(seed) {
        // Nested event loops of menus and dialogs are ended from inside.
        QObject::connect(&closer_, &QTimer::timeout, &closer_, [this] {
            if (auto* dialog = QApplication::activeModalWidget()) dialog->close();
            if (auto* popup = QApplication::activePopupWidget()) {
                if (random_.below(3) == 0)
                    QTest::keyClick(popup, random_.below(2) == 0 ? Qt::Key_Down : Qt::Key_Return);
                else
                    popup->close();
            }
        });
        closer_.start(5);
    }

    void act() {
        answerSheet();
        switch (random_.below(10)) {
        case 0:
        case 1:
        case 2:
            return drag();
        case 3:
            return click();
        case 4:
            return turnWheel();
        case 5:
        case 6:
        case 7:
            return pressKey();
        default:
            return chooseEntry();
        }
    }
    /// What it did last, for the message of a failure.
    QString last;

private:
    QWidget* anyWidget() {
        QList<QWidget*> there;
        for (auto* widget : studio_.window.findChildren<QWidget*>())
            if (widget->isVisible() && widget->isEnabled() && widget->width() > 4 && widget->height() > 4 &&
                !widget->visibleRegion().isEmpty())
                there << widget;
        if (there.isEmpty() || random_.below(3) == 0) { // the roll is what matters most
            for (auto* widget : there)
                if (widget->accessibleName() == QLatin1String("Piano roll") && widget->focusPolicy() != Qt::NoFocus)
                    return widget;
            return &studio_.window;
        }
        return there[static_cast<qsizetype>(random_.below(static_cast<std::uint64_t>(there.size())))];
    }

    QPointF pointIn(const QWidget& widget) {
        return {std::floor(random_.uniform() * widget.width()), std::floor(random_.uniform() * widget.height())};
    }

    Qt::KeyboardModifiers modifiers() {
        Qt::KeyboardModifiers held;
        if (random_.below(4) == 0) held |= Qt::ControlModifier;
        if (random_.below(4) == 0) held |= Qt::ShiftModifier;
        if (random_.below(5) == 0) held |= Qt::AltModifier;
        return held;
    }

    Qt::MouseButton button() {
        const auto which = random_.below(8);
        return which == 0 ? Qt::RightButton : which == 1 ? Qt::MiddleButton : Qt::LeftButton;
    }

    void send(QWidget& to, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers modifiers) {
        QMouseEvent event(type, at, to.mapToGlobal(at), button, buttons, modifiers);
        QApplication::sendEvent(&to, &event);
    }

    void drag() {
        QPointer<QWidget> widget = anyWidget();
        const auto held = button();
        auto keys = modifiers();
        auto at = pointIn(*widget);
        last = QStringLiteral("drag on %1 '%2'").arg(widget->metaObject()->className(), widget->accessibleName());
        send(*widget, QEvent::MouseButtonPress, at, held, held, keys);
        for (auto steps = random_.below(5) + 1; steps-- > 0 && widget;) {
            at = pointIn(*widget);
            if (random_.below(4) == 0) keys = modifiers();
            send(*widget, QEvent::MouseMove, at, Qt::NoButton, held, keys);
            if (random_.below(40) == 0 && widget) QTest::keyClick(widget.data(), Qt::Key_Escape);
        }
        if (widget) send(*widget, QEvent::MouseButtonRelease, at, held, Qt::NoButton, keys);
    }

    void click() {
        QPointer<QWidget> widget = anyWidget();
        const auto at = pointIn(*widget);
        const auto keys = modifiers();
        const auto held = button();
        last = QStringLiteral("click on %1 '%2'").arg(widget->metaObject()->className(), widget->accessibleName());
        send(*widget, QEvent::MouseButtonPress, at, held, held, keys);
        if (widget) send(*widget, QEvent::MouseButtonRelease, at, held, Qt::NoButton, keys);
        if (widget && random_.below(3) == 0) {
            send(*widget, QEvent::MouseButtonDblClick, at, held, held, keys);
            if (widget) send(*widget, QEvent::MouseButtonRelease, at, held, Qt::NoButton, keys);
        }
    }

    void turnWheel() {
        QPointer<QWidget> widget = anyWidget();
        const auto at = pointIn(*widget);
        const QPoint angle(random_.below(4) == 0 ? 120 : 0, static_cast<int>(random_.between(-3, 3)) * 120);
        last = QStringLiteral("wheel on %1").arg(widget->metaObject()->className());
        QWheelEvent event(at, widget->mapToGlobal(at), {}, angle, Qt::NoButton, modifiers(), Qt::NoScrollPhase, false);
        QApplication::sendEvent(widget.data(), &event);
    }

    void pressKey() {
        static const std::array keys{Qt::Key_Up,     Qt::Key_Down,     Qt::Key_Left,  Qt::Key_Right, Qt::Key_Return,
                                     Qt::Key_Escape, Qt::Key_Delete,   Qt::Key_Tab,   Qt::Key_Home,  Qt::Key_End,
                                     Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Space, Qt::Key_Plus,  Qt::Key_Minus,
                                     Qt::Key_Comma,  Qt::Key_F1,       Qt::Key_F2,    Qt::Key_F3,    Qt::Key_F4,
                                     Qt::Key_Insert, Qt::Key_Backspace};
        auto* target = QApplication::focusWidget() ? QApplication::focusWidget() : &studio_.window;
        Qt::Key key = keys.at(random_.below(keys.size()));
        if (random_.below(2) == 0) key = static_cast<Qt::Key>(Qt::Key_A + static_cast<int>(random_.below(26)));
        if (random_.below(8) == 0) key = static_cast<Qt::Key>(Qt::Key_0 + static_cast<int>(random_.below(10)));
        const auto held = modifiers();
        const QKeySequence pressed(QKeyCombination(held, key));
        static const QList<QKeySequence> leaving{QKeySequence("Ctrl+Shift+Q"), QKeySequence("Ctrl+Q"),
                                                 QKeySequence("Ctrl+W"), QKeySequence("Alt+F4")};
        if (leaving.contains(pressed)) return;
        last = QStringLiteral("%1 to %2 '%3'")
                   .arg(pressed.toString(), target->metaObject()->className(), target->accessibleName());
        QTest::keyClick(target, key, held);
    }

    void chooseEntry() {
        QList<QAction*> entries;
        for (auto* top : studio_.window.menuBar()->actions()) gather(top, entries);
        if (entries.isEmpty()) return;
        auto* entry = entries[static_cast<qsizetype>(random_.below(static_cast<std::uint64_t>(entries.size())))];
        static const QStringList leaving{"quit", "save", "saveAs"};
        if (!entry->isEnabled() || leaving.contains(entry->objectName())) return;
        last = QStringLiteral("menu entry '%1'").arg(entry->text());
        entry->trigger();
    }

    static void gather(QAction* action, QList<QAction*>& entries) {
        if (auto* menu = action->menu()) {
            for (auto* child : menu->actions()) gather(child, entries);
        } else if (!action->isSeparator()) {
            entries << action;
        }
    }

    /// Any answer but one that writes over a file.
    void answerSheet() {
        auto* sheet = studio_.sheet();
        if (!sheet || sheet->buttons().empty()) return;
        const auto which = random_.below(sheet->buttons().size());
        if (sheet->buttons()[which].text != QLatin1String("Save"))
            sheet->press(which);
        else
            QTest::keyClick(sheet, Qt::Key_Escape);
    }

    StudioFixture& studio_;
    base::Random random_;
    QTimer closer_;
};

/// Holds the document to what must always be true of it.
class Invariants {
public:
    explicit Invariants(ScoreDocument& document) : document_(document) {
        QObject::connect(&document, &ScoreDocument::replaced, &context_, [this] { remember(); });
        remember();
    }

    /// Empty, or what is broken.
    QString broken() {
        const auto& score = document_.score();
        if (const auto fault = score::laws::boundsFault(score); !fault.empty()) return QString::fromStdString(fault);
        auto& history = document_.history();
        if (history.index() > history.count()) return QStringLiteral("the history is past its end");
        std::set<score::NoteId> there;
        for (const auto& track : score.tracks)
            for (const auto& note : track.notes) there.insert(note.id);
        for (const auto& part : document_.selectedNotes())
            for (const auto& note : part.notes)
                if (!there.contains(note.id)) return QStringLiteral("a selected note that is not there");
        if (!score.tracks.empty() && !document_.currentTrackContent()) return QStringLiteral("no current track");
        return brokenHistory();
    }

private:
    void remember() { first_ = midi::write(document_.score()); }

    /// Undone to the start it is the piece that was opened; redone, the present one.
    QString brokenHistory() {
        auto& history = document_.history();
        const auto present = document_.score();
        const auto file = midi::write(present);
        const int index = history.index();
        history.setIndex(0);
        const bool isFirst = midi::write(document_.score()) == first_;
        history.setIndex(index);
        if (!isFirst) return QStringLiteral("undone to the start it is another piece");
        if (!(document_.score() == present)) return QStringLiteral("undone and redone it is another piece");
        if (midi::write(document_.score()) != file) return QStringLiteral("undone and redone the file is another");
        return {};
    }

    ScoreDocument& document_;
    QObject context_;
    base::Bytes first_;
};

} // namespace continuo::ui::test
