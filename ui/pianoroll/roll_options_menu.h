#pragma once

class QMenu;

namespace continuo::ui {

class RollState;

/// Everything about how the roll shows rows, names and other tracks, as one chooses it: folds, scale view, names of
/// pitches, ghosts, editing several tracks, drum view.
void fillRollOptions(QMenu& menu, RollState& state);

} // namespace continuo::ui
