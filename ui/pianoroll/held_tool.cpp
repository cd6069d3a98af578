#include "ui/pianoroll/held_tool.h"

#include <QKeyEvent>

namespace continuo::ui {
namespace {

constexpr qint64 kTapMs = 300;

bool plays(const QKeyEvent& event) { return isPressed(QStringLiteral("play"), event); }
bool zooms(const QKeyEvent& event) { return isPressed(QStringLiteral("zoomToSelection"), event); }

} // namespace

bool HeldTool::isMagnifierOrHand(const QKeyEvent& event) { return plays(event) || zooms(event); }

bool HeldTool::isTap() const { return !used_ && since_.elapsed() < kTapMs; }

bool HeldTool::begin(const QKeyEvent& event) {
    toolBefore_ = state_.tool();
    snappedBefore_ = state_.grid().on;
    kind_ = plays(event) ? Kind::Hand : zooms(event) ? Kind::Zoom : Kind::None;
    if (kind_ != Kind::None) {
        state_.holdTool(kind_ == Kind::Hand ? RollTool::Hand : RollTool::Zoom);
        return true;
    }
    if (!commands_.handle(event)) return false;
    if (state_.tool() != toolBefore_) kind_ = Kind::Tool;
    if (state_.grid().on != snappedBefore_) kind_ = Kind::Snap;
    return true;
}

bool HeldTool::press(const QKeyEvent& event) {
    if (event.isAutoRepeat() && key_ != 0) return event.key() == key_;
    if (key_ != 0) return false;
    if (!begin(event)) return false;
    if (kind_ == Kind::None) return true;
    key_ = event.key();
    used_ = false;
    since_.start();
    return true;
}

void HeldTool::giveBack() {
    if (kind_ == Kind::Tool) state_.setTool(toolBefore_);
    if (kind_ != Kind::Snap) return;
    auto grid = state_.grid();
    grid.on = snappedBefore_;
    state_.setGrid(grid);
}

bool HeldTool::release(const QKeyEvent& event) {
    if (event.isAutoRepeat() || event.key() != key_) return false;
    const bool tap = isTap();
    const auto kind = kind_;
    if (!tap) giveBack();
    forget();
    if (tap && kind == Kind::Hand) Q_EMIT state_.playToggleRequested();
    if (tap && kind == Kind::Zoom) commands_.zoomToSelection();
    return true;
}

void HeldTool::forget() {
    key_ = 0;
    kind_ = Kind::None;
    state_.holdTool(std::nullopt);
}

} // namespace continuo::ui
