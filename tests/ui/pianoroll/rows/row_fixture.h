#pragma once

#include "tests/ui/pianoroll/roll_fixture.h"
#include "ui/pianoroll/rows/time_rows.h"
#include "ui/pianoroll/ruler.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>

namespace continuo::ui::test {

/// A roll with all rows shown, and a hand that points at times in a row. 10 ticks are a pixel, a bar of 4/4 is 384.
class RowFixture : public RollFixture {
public:
    explicit RowFixture(score::Score piece = threeNotes()) : RollFixture(std::move(piece)) {
        for (auto* row : rows().all()) rows().show(*row, true);
        QCoreApplication::processEvents();
        before = document.score();
    }

    TimeRows& rows() { return panel.rows(); }
    double xOf(const QWidget& of, std::int64_t tick) {
        static_cast<void>(of);
        return panel.state().geometry().xOf({tick}) + 80;
    }
    QPointF in(QWidget& row, std::int64_t tick) { return {xOf(row, tick), row.height() / 2.0 - 1}; }

    void pressIn(QWidget& row, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton, modifiers, &row);
    }
    void moveIn(QWidget& row, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton, modifiers, &row);
    }
    void releaseIn(QWidget& row, QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::NoButton, modifiers, &row);
    }
    void dragIn(QWidget& row, QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) {
        pressIn(row, from, modifiers);
        moveIn(row, (from + to) / 2, modifiers);
        moveIn(row, to, modifiers);
        releaseIn(row, to, modifiers);
    }
    void clickIn(QWidget& row, QPointF at, Qt::KeyboardModifiers modifiers = {}) { dragIn(row, at, at, modifiers); }
    void doubleClickIn(QWidget& row, QPointF at) {
        clickIn(row, at);
        send(QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton, {}, &row);
        releaseIn(row, at);
    }
    /// Double-click at a time, the words, Enter.
    void typeIn(TimeRow& row, std::int64_t tick, const QString& words) {
        doubleClickIn(row, in(row, tick));
        type(row, words);
    }
    void type(TimeRow& row, const QString& words) {
        auto* field = row.findChild<QLineEdit*>();
        field->setText(words);
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// The entry of a context menu that is open, or of one of its submenus.
    static QAction* entry(QWidget& row, const QString& text) {
        for (auto* menu : row.findChildren<QMenu*>())
            for (auto* action : menu->actions())
                if (action->text() == text) return action;
        return nullptr;
    }
    bool choose(QWidget& row, std::int64_t tick, const QString& text) {
        const auto at = in(row, tick).toPoint();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, row.mapToGlobal(at));
        QApplication::sendEvent(&row, &event);
        auto* action = entry(row, text);
        if (action) action->trigger();
        for (auto* menu : row.findChildren<QMenu*>(QString(), Qt::FindDirectChildrenOnly)) delete menu;
        return action != nullptr;
    }

    int steps() { return document.history().count(); }
    /// One step of this name, which undo takes back without a trace.
    bool isOneStep(const QString& name) {
        const bool named = steps() == 1 && undoText() == name;
        const auto now = document.score();
        document.history().undo();
        const bool restores = document.score() == before;
        document.history().redo();
        return named && restores && document.score() == now;
    }

    score::Score before;
};

} // namespace continuo::ui::test
