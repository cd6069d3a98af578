#pragma once

#include "ui/pianoroll/roll_commands.h"

#include <QElapsedTimer>

namespace continuo::ui {

/// Tools for as long as their key is held: after a drag, or held longer than a tap, the tool before comes back. The
/// key that plays is the hand and the one that zooms the magnifier; only tapped, they play and zoom, which is decided
/// when they are let go. The key of snapping switches it for as long.
class HeldTool {
public:
    HeldTool(RollState& state, RollCommands& commands) : state_(state), commands_(commands) {}

    static bool isMagnifierOrHand(const QKeyEvent& event);
    /// Whether the key was taken.
    bool press(const QKeyEvent& event);
    bool release(const QKeyEvent& event);
    /// A press of the mouse made use of the tool.
    void use() { used_ = true; }
    /// The key will never be seen to go up.
    void forget();

private:
    enum class Kind { None, Hand, Zoom, Tool, Snap };
    bool isTap() const;
    bool begin(const QKeyEvent& event);
    void giveBack();

    RollState& state_;
    RollCommands& commands_;
    Kind kind_ = Kind::None;
    int key_ = 0; // held now
    RollTool toolBefore_ = RollTool::Select;
    bool snappedBefore_ = true;
    bool used_ = false;
    QElapsedTimer since_;
};

} // namespace continuo::ui
