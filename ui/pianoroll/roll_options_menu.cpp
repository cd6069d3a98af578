#include "ui/pianoroll/roll_options_menu.h"

#include "ui/pianoroll/roll_state.h"

#include <QMenu>

namespace continuo::ui {
namespace {

QString tr(const char* text) { return RollState::tr(text); }

/// An entry that is ticked where the options are already as `change` makes them.
template <typename Change>
QAction* offer(QMenu& menu, RollState& state, const QString& text, Change change) {
    auto wanted = state.options();
    change(wanted);
    auto* action = menu.addAction(text, &state, [&state, change] {
        auto options = state.options();
        change(options);
        state.setOptions(options);
    });
    action->setCheckable(true);
    action->setChecked(wanted == state.options());
    return action;
}

void offerSwitch(QMenu& menu, RollState& state, const QString& text, bool RollOptions::*which) {
    auto* action = offer(menu, state, text, [which](RollOptions& options) { options.*which = !(options.*which); });
    action->setChecked(state.options().*which);
}

void addFolds(QMenu& menu, RollState& state) {
    const auto fold = [&](const QString& text, Fold which) {
        auto* action = menu.addAction(text, &state, [&state, which] { state.toggleFold(which); });
        action->setCheckable(true);
        action->setChecked(state.options().fold == which);
        return action;
    };
    if (state.isDrumView()) {
        fold(tr("Only pieces in use"), Fold::Used);
        return;
    }
    fold(tr("Fold to the rows in use"), Fold::Used);
    fold(tr("Fold to the scale"), Fold::Scale)->setEnabled(state.key() != nullptr);
    offerSwitch(menu, state, tr("Show the scale"), &RollOptions::scale);
    offerSwitch(menu, state, tr("Black keys in the scale view"), &RollOptions::keyColours);
    auto& names = *menu.addMenu(tr("Names of pitches"));
    const auto name = [&](const QString& text, PitchNaming naming) {
        offer(names, state, text, [naming](RollOptions& options) { options.naming = naming; });
    };
    name(tr("C D E, B"), PitchNaming::English);
    name(tr("C D E, H (German)"), PitchNaming::German);
    name(tr("Do Re Mi, Si"), PitchNaming::FixedDo);
}

void addTracks(QMenu& menu, RollState& state) {
    offerSwitch(menu, state, tr("Edit all visible tracks"), &RollOptions::several);
    offerSwitch(menu, state, tr("Moved notes take controllers along"), &RollOptions::carriesControllers);
    auto& ghosts = *menu.addMenu(tr("Ghost notes"));
    offerSwitch(ghosts, state, tr("Show them"), &RollOptions::ghosts);
    offerSwitch(ghosts, state, tr("Snap to them"), &RollOptions::snapToGhosts);
    ghosts.addSeparator();
    const auto from = [&](const QString& text, GhostSource source) {
        offer(ghosts, state, text, [source](RollOptions& options) { options.ghostSource = source; });
    };
    from(tr("Of tracks with an open eye"), GhostSource::Chosen);
    from(tr("Of all tracks"), GhostSource::All);
    from(tr("Of the same instrument family"), GhostSource::Family);
}

} // namespace

void fillRollOptions(QMenu& menu, RollState& state) {
    addFolds(menu, state);
    menu.addSeparator();
    addTracks(menu, state);
    menu.addSeparator();
    auto* drums = menu.addAction(tr("Drum view"), &state, [&state](bool on) { state.setDrumView(on); });
    drums->setCheckable(true);
    drums->setChecked(state.isDrumView());
    drums->setEnabled(state.track() != nullptr);
}

} // namespace continuo::ui
