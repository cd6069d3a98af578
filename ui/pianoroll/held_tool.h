#pragma once

#include "ui/pianoroll/roll_commands.h"

#include <QElapsedTimer>

namespace continuo::ui {

/// Tools for as long as their key is held: after a drag, or held longer than a tap, the tool before comes back. Space
/// is the hand and Z the magnifier; only tapped, they play and zoom to the selection, which is decided when they are
/// let go.
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
    bool isTap() const;

    RollState& state_;
    RollCommands& commands_;
    int key_ = 0; // held now
    std::optional<RollTool> before_;
    bool used_ = false;
    QElapsedTimer since_;
};

} // namespace continuo::ui
