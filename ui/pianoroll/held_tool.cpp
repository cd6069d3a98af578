#include "ui/pianoroll/held_tool.h"

#include <QKeyEvent>

namespace continuo::ui {
namespace {

constexpr qint64 kTapMs = 300;

} // namespace

bool HeldTool::isMagnifierOrHand(const QKeyEvent& event) {
    return event.modifiers() == Qt::NoModifier && (event.key() == Qt::Key_Space || event.key() == Qt::Key_Z);
}

bool HeldTool::isTap() const { return !used_ && since_.elapsed() < kTapMs; }

bool HeldTool::press(const QKeyEvent& event) {
    if (event.isAutoRepeat()) return event.key() == key_;
    if (key_ != 0) return false;
    const auto before = state_.tool();
    const bool isPassing = isMagnifierOrHand(event);
    if (isPassing)
        state_.holdTool(event.key() == Qt::Key_Space ? RollTool::Hand : RollTool::Zoom);
    else if (!commands_.handle(event))
        return false;
    if (!isPassing && state_.tool() == before) return true;
    key_ = event.key();
    before_ = isPassing ? std::nullopt : std::optional(before);
    used_ = false;
    since_.start();
    return true;
}

bool HeldTool::release(const QKeyEvent& event) {
    if (event.isAutoRepeat() || event.key() != key_) return false;
    const bool tap = isTap(), isPassing = !before_;
    if (before_ && !tap) state_.setTool(*before_);
    forget();
    if (isPassing && tap && event.key() == Qt::Key_Space) Q_EMIT state_.playToggleRequested();
    if (isPassing && tap && event.key() == Qt::Key_Z) commands_.zoomToSelection();
    return true;
}

void HeldTool::forget() {
    key_ = 0;
    before_.reset();
    state_.holdTool(std::nullopt);
}

} // namespace continuo::ui
