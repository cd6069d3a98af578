#include "ui/shortcuts/key_capture.h"

#include "ui/shortcuts/shortcuts.h"

#include <QKeyEvent>

namespace continuo::ui {
namespace {

bool isModifier(int key) {
    return key == Qt::Key_Shift || key == Qt::Key_Control || key == Qt::Key_Alt || key == Qt::Key_Meta ||
           key == Qt::Key_AltGr || key == Qt::Key_CapsLock || key == Qt::Key_NumLock || key == 0 ||
           key == Qt::Key_unknown;
}

} // namespace

KeyCapture::KeyCapture(const QString& text, QWidget* parent)
    : PushButton(text, ButtonKind::Normal, parent), text_(text) {
    connect(this, &PushButton::clicked, this, &KeyCapture::wait);
}

void KeyCapture::wait() {
    waiting_ = true;
    setText(tr("Press a key, Esc leaves it"));
    setKind(ButtonKind::Hand);
    setFocus();
}

void KeyCapture::stop() {
    waiting_ = false;
    setText(text_);
    setKind(ButtonKind::Normal);
}

bool KeyCapture::event(QEvent* event) {
    if (!waiting_) return PushButton::event(event);
    if (event->type() == QEvent::ShortcutOverride) { // no command of the window runs
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress) return PushButton::event(event);
    const auto& key = static_cast<QKeyEvent&>(*event);
    event->accept();
    if (isModifier(key.key())) return true;
    stop();
    if (key.key() != Qt::Key_Escape || key.modifiers() != Qt::NoModifier) Q_EMIT captured(sequenceOf(key));
    return true;
}

void KeyCapture::focusOutEvent(QFocusEvent* event) {
    if (waiting_) stop();
    PushButton::focusOutEvent(event);
}

} // namespace continuo::ui
