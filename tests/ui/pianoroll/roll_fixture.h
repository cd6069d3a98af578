#pragma once

#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/roll_panel.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTest>
#include <QWheelEvent>

namespace continuo::ui::test {

inline score::Note noteAt(score::IdMint& mint, std::int64_t onset, int pitch, std::int64_t length = 480) {
    return {.id = mint.note(), .onset = {onset}, .length = {length}, .pitch = static_cast<std::uint8_t>(pitch)};
}

/// C4 at 0, E4 at 960, G4 at 1920, each half a beat long.
inline score::Score threeNotes() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    for (const auto& [onset, pitch] : {std::pair{0, 60}, {960, 64}, {1920, 67}})
        piece.tracks[0].notes.push_back(noteAt(mint, onset, pitch));
    return piece;
}

/// A shown roll on a piece, 1 pixel for 10 ticks, and a hand that points at ticks and pitches.
class RollFixture {
public:
    explicit RollFixture(score::Score piece = threeNotes()) : document(std::move(piece)), panel(document) {
        panel.resize(1200, 760);
        panel.show();
        QCoreApplication::processEvents();
        resetView();
        view().setFocus();
    }

    void resetView() {
        auto geometry = panel.state().geometry();
        geometry.pixelsPerTick = 0.1;
        geometry.rowHeight = 14;
        geometry.scrollX = 0;
        geometry.scrollY = (127 - 76) * 14;
        panel.state().setGeometry(geometry);
    }
    PianoRollView& view() { return panel.view(); }
    const std::vector<score::Note>& notes() const { return document.score().tracks[0].notes; }
    QString undoText() { return document.history().undoText(); }
    bool isSelected(std::size_t index) { return document.selection().contains(notes()[index].id); }

    QPointF at(std::int64_t tick, int pitch) {
        const auto& geometry = panel.state().geometry();
        return {geometry.xOf({tick}), geometry.yOf(pitch) + geometry.rowHeight / 2};
    }

    void send(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers modifiers, QWidget* to = nullptr) {
        auto* target = to ? to : &view();
        QMouseEvent event(type, at, target->mapToGlobal(at), button, buttons, modifiers);
        QApplication::sendEvent(target, &event);
    }
    void press(QPointF at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        held_ = button;
        send(QEvent::MouseButtonPress, at, button, button, modifiers);
    }
    void move(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseMove, at, Qt::NoButton, held_, modifiers);
    }
    void release(QPointF at, Qt::KeyboardModifiers modifiers = {}) {
        send(QEvent::MouseButtonRelease, at, held_, Qt::NoButton, modifiers);
        held_ = Qt::NoButton;
    }
    void click(QPointF at, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        press(at, modifiers, button);
        release(at, modifiers);
    }
    void doubleClick(QPointF at) {
        click(at);
        send(QEvent::MouseButtonDblClick, at, Qt::LeftButton, Qt::LeftButton, {});
        held_ = Qt::LeftButton;
        release(at);
    }
    /// In three steps, as a hand does.
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButton button = Qt::LeftButton) {
        press(from, modifiers, button);
        move(from + (to - from) / 3, modifiers);
        move(to, modifiers);
        release(to, modifiers);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view(), key, modifiers); }
    void wheel(QPointF at, int notches, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(at, view().mapToGlobal(at), {}, {0, notches * 120}, Qt::NoButton, modifiers,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&view(), &event);
    }
    QImage picture() { return view().grab().toImage().convertToFormat(QImage::Format_RGB32); }

    ScoreDocument document;
    RollPanel panel;

private:
    Qt::MouseButton held_ = Qt::NoButton;
};

} // namespace continuo::ui::test
