#include "engine/score/note_operations.h"
#include "ui/pianoroll/drum_commands.h"
#include "ui/pianoroll/piano_roll_view.h"
#include "ui/pianoroll/tools/gesture_factory.h"

#include <QGuiApplication>
#include <QMenu>
#include <QStyleHints>
#include <algorithm>

/// What a click in the roll does.
namespace continuo::ui {

/// The track of a ghost comes to the front, with the note selected.
bool PianoRollView::jumpToGhost() {
    const bool asked = press_.button == Qt::LeftButton && press_.pointer.modifiers.testFlag(Qt::AltModifier);
    const auto ghost = asked && !press_.hit.note ? ghostAt(state_, press_.pointer.at) : NoteHit{};
    if (!ghost.note) return false;
    state_.document().setCurrentTrack(ghost.track);
    state_.document().selection().select({ghost.note->id});
    Q_EMIT state_.auditionRequested(ghost.track, ghost.note->pitch, ghost.note->velocity);
    return true;
}

void PianoRollView::click(Trigger trigger) {
    if (jumpToGhost()) return;
    const auto& modifiers = press_.pointer.modifiers;
    perform(gestures().find(state_.tool(), press_.hit.spot, trigger, modifiers).action);
}

void PianoRollView::perform(Action action) {
    const auto& note = press_.hit.note;
    switch (action) {
    case Action::SelectNote:
    case Action::ToggleNote:
    case Action::ExtendSelection:
    case Action::AdoptNote:
    case Action::DeleteNote:
    case Action::Join:
        return note ? performOn(*note, action) : void();
    case Action::PlaceCursor:
        return placeCursor();
    case Action::ZoomBack:
        return commands_.zoomBack();
    case Action::Menu:
        return openMenu(press_.pointer.at.toPoint());
    case Action::Probe:
        return probe();
    case Action::SwapTools:
        return state_.setTool(state_.tool() == RollTool::Select ? RollTool::Draw : RollTool::Select);
    default: // a drag that was pressed and let go
        if (needsNote(action) && !note) return;
        if (const auto gesture = makeGesture(action, state_, press_.hit, press_.pointer); gesture) gesture->finish();
    }
}

void PianoRollView::performOn(const score::Note& note, Action action) {
    auto& document = state_.document();
    auto& selection = document.selection();
    switch (action) {
    case Action::ToggleNote:
        selection.toggle({note.id});
        break;
    case Action::ExtendSelection:
        return extendSelectionTo(note);
    case Action::AdoptNote:
        if (state_.isDrumView()) { // there the pencil switches hits on and off
            document.perform(score::removeNotes(document.score(), std::array{note.id}), tr("Delete hit"));
            return;
        }
        selection.select({note.id});
        state_.adopt(note.length, note.velocity);
        break;
    case Action::DeleteNote:
        document.perform(score::removeNotes(document.score(), std::array{note.id}), tr("Delete note"));
        return;
    case Action::Join:
        return joinWithNext(note);
    default:
        selection.select({note.id});
        document.setCurrentTrack(press_.hit.track); // what is clicked comes to the front
    }
    lastClicked_ = note;
}

void PianoRollView::placeCursor() {
    auto& document = state_.document();
    const auto& modifiers = press_.pointer.modifiers;
    if (!(modifiers & (Qt::ShiftModifier | Qt::ControlModifier))) document.selection().clear();
    const auto at = state_.geometry().tickAt(press_.pointer.at.x());
    const bool free = (modifiers & (Qt::AltModifier | Qt::MetaModifier)) || !state_.grid().on;
    document.setInsertCursor(free ? at : state_.snapper().nearest(at));
}

void PianoRollView::joinWithNext(const score::Note& note) {
    const auto* track = score::findTrack(state_.document().score(), press_.hit.track);
    if (!track) return;
    const auto next = std::ranges::find_if(track->notes, [&](const score::Note& other) {
        return other.pitch == note.pitch && other.id != note.id && !(other.onset < note.onset);
    });
    if (next == track->notes.end()) return;
    auto& document = state_.document();
    document.perform(score::joinNotes(document.score(), std::array{note.id, next->id}), tr("Join notes"));
}

void PianoRollView::probe() {
    const auto at = state_.geometry().tickAt(press_.pointer.at.x());
    std::vector<std::pair<score::TrackId, score::Note>> sounding;
    const auto& document = state_.document();
    for (const auto& track : document.score().tracks) {
        if (track.id != document.currentTrack() && !document.isVisible(track.id)) continue;
        state_.indexes().indexOf(track).forEachTouching(track.notes, {at, at + score::Ticks{1}}, [&](std::size_t i) {
            if (track.notes[i].range().contains(at)) sounding.emplace_back(track.id, track.notes[i]);
        });
    }
    for (const auto& [track, note] : sounding) Q_EMIT state_.probeRequested(track, note.pitch, note.velocity);
}

void PianoRollView::extendSelectionTo(const score::Note& note) {
    const auto from = lastClicked_.value_or(note);
    std::vector<score::NoteId> between;
    state_.forEachSelectable([&](const score::Track&, const score::Note& other) {
        if (!(other.onset < std::min(from.onset, note.onset)) && !(std::max(from.onset, note.onset) < other.onset))
            between.push_back(other.id);
    });
    state_.document().selection().add(between);
}

/// A second right press where the menu of the first one opened is a double-click.
void PianoRollView::openMenu(QPoint at) {
    const auto& note = press_.hit.note;
    if (note && !state_.document().selection().contains(note->id)) state_.document().selection().select({note->id});
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    commands_.fillMenu(*menu);
    if (state_.isDrumView()) addDrumCommands(*menu, state_);
    if (press_.button == Qt::RightButton) {
        menuClock_.start();
        connect(menu, &QMenu::aboutToHide, this, [this] {
            const bool soon = menuClock_.elapsed() < QGuiApplication::styleHints()->mouseDoubleClickInterval();
            if (soon && QGuiApplication::mouseButtons() == Qt::RightButton) click(Trigger::RightDoubleClick);
        });
    }
    menu->popup(mapToGlobal(at));
}

} // namespace continuo::ui
