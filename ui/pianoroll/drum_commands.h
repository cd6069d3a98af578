#pragma once

class QMenu;

namespace continuo::ui {

class RollState;

/// What a drummer does with the selected hits: ghost hits, flams, rolls. Each is one undo step.
void makeGhostHits(RollState& state);
void makeFlams(RollState& state);
void makeRolls(RollState& state);
/// The three, for the context menu of a drum view; disabled while nothing is selected.
void addDrumCommands(QMenu& menu, RollState& state);

} // namespace continuo::ui
