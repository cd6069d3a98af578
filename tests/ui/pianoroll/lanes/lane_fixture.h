#pragma once

#include "tests/ui/pianoroll/roll_fixture.h"

#include "ui/pianoroll/lanes/lane_stack.h"

#include <QMenu>

namespace continuo::ui::test {

/// A shown roll, 1 pixel for 10 ticks, and a hand in one of its lanes that points at ticks and values.
class LaneFixture {
public:
    explicit LaneFixture(LaneSubject subject, score::Score piece = threeNotes()) : roll(std::move(piece)) {
        roll.panel.lanes().addLane(subject);
        for (auto* each : roll.panel.lanes().lanes())
            if (each->subject() == subject) lane = each;
        auto grid = roll.panel.state().grid();
        grid.on = false;
        roll.panel.state().setGrid(grid);
        QCoreApplication::processEvents();
        lane->setFocus();
    }

    ScoreDocument& document() { return roll.document; }
    const score::Track& track() { return roll.document.score().tracks[0]; }
    int undos() { return roll.document.history().count(); }
    QString undoText() { return roll.undoText(); }
    std::vector<score::ChannelEvent> events() { return score::eventsOf(track(), lane->subject().line); }
    int valueAt(std::int64_t tick) { return score::valueAt(track(), lane->subject().line, {tick}); }
    void snapTo(const score::Grid& grid) {
        auto snap = roll.panel.state().grid();
        snap.grid = grid;
        snap.on = true;
        roll.panel.state().setGrid(snap);
    }

    double x(std::int64_t tick) { return lane->gutter() + roll.panel.state().geometry().xOf({tick}); }
    /// Where a part 0..1 of the whole height of values is drawn.
    double y(double part) {
        const bool tight = lane->height() < 44;
        const double top = tight ? 4 : 8, bottom = lane->height() - (tight ? 3 : 4);
        return bottom - part * (bottom - top);
    }
    QPointF at(std::int64_t tick, double value, double most = 127) { return {x(tick), y(value / most)}; }

    void press(QPointF from, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        held_ = button;
        roll.send(QEvent::MouseButtonPress, from, button, button, modifiers, lane);
    }
    void move(QPointF to, Qt::KeyboardModifiers modifiers = {}) {
        roll.send(QEvent::MouseMove, to, Qt::NoButton, held_, modifiers, lane);
    }
    void release(QPointF to, Qt::KeyboardModifiers modifiers = {}) {
        roll.send(QEvent::MouseButtonRelease, to, std::exchange(held_, Qt::NoButton), Qt::NoButton, modifiers, lane);
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        press(from, modifiers, button);
        move(from + (to - from) / 3, modifiers);
        move(to, modifiers);
        release(to, modifiers);
    }
    void click(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        press(at, modifiers);
        release(at, modifiers);
    }
    void doubleClick(QPointF at) {
        click(at);
        roll.send(QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton, {}, lane);
        release(at);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(lane, key, modifiers); }
    void wheel(QPointF at, int notches, Qt::KeyboardModifiers modifiers = {}) {
        QWheelEvent event(at, lane->mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(lane, &event);
    }
    /// Runs the entry of the lane's menu, or of one of its submenus, with this name.
    bool choose(const QString& name) {
        QMenu menu;
        lane->fillMenu(menu);
        return chooseIn(menu, name);
    }

    RollFixture roll;
    Lane* lane = nullptr;

private:
    static bool chooseIn(QMenu& menu, const QString& name) {
        for (auto* action : menu.actions()) {
            if (action->menu() && chooseIn(*action->menu(), name)) return true;
            if (action->text() != name || !action->isEnabled()) continue;
            action->trigger();
            return true;
        }
        return false;
    }

    Qt::MouseButton held_ = Qt::NoButton;
};

/// A modulation of three steps: 20 from tick 0, 60 from 1000, 100 from 2000.
inline score::Score withModulation() {
    auto piece = threeNotes();
    score::IdMint mint(piece);
    for (const auto& [at, value] : {std::pair{0, 20}, {1000, 60}, {2000, 100}})
        piece.tracks[0].events.push_back(score::eventOf(score::ControlLine::controller(1), mint.event(), {at}, value));
    return piece;
}

} // namespace continuo::ui::test
