#include "ui/pianoroll/roll_commands.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/carried_controllers.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/tools/edit_gesture.h"
#include "ui/shortcuts/key_labels.h"

#include <QAction>
#include <QKeyEvent>
#include <QMenu>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr qint64 kTwiceMs = 700;

std::pair<int, int> pitchSpan(const std::vector<score::Note>& notes) {
    const auto [low, high] = std::ranges::minmax_element(notes, {}, &score::Note::pitch);
    return {low->pitch, high->pitch};
}

score::TickRange timeSpan(const std::vector<score::Note>& notes) {
    score::TickRange span{notes.front().onset, notes.front().end()};
    for (const auto& note : notes) span = {std::min(span.start, note.onset), std::max(span.end, note.end())};
    return span;
}

} // namespace

RollCommands::RollCommands(RollState& state, QObject* parent) : QObject(parent), state_(state) {
    connect(&state.document(), &ScoreDocument::replaced, this, [this] {
        views_.clear();
        hideCell();
    });
}

/// Whether the keys of a command count now.
bool RollCommands::isOpen(const Shortcut& command) const {
    if (command.context == QLatin1String("cell")) return showsCell_;
    if (command.context == QLatin1String("draw"))
        return state_.tool() == RollTool::Draw || state_.tool() == RollTool::Paint;
    const bool leavesRoll = command.id == QLatin1String("nextVoice") || command.id == QLatin1String("previousVoice");
    return !leavesRoll || !state_.document().selection().isEmpty();
}

RollCommands::Match RollCommands::find(const QKeyEvent& event) const {
    const auto pressed = sequenceOf(event);
    const auto both = firstStroke_.isEmpty() ? pressed : QKeySequence(firstStroke_[0], pressed[0]);
    Match match;
    int nearest = 0; // narrower contexts come first
    for (const auto& row : table()) {
        const auto& command = shortcut(QLatin1String(row.id));
        const int near = command.context == QLatin1String("cell") || command.context == QLatin1String("draw") ? 2 : 1;
        if (near <= nearest || !isOpen(command)) continue;
        for (const auto& key : command.keys) {
            if (key == both) {
                match = {&row, false};
                nearest = near;
            } else if (!match.row && key.count() == 2 && both.count() == 1 && key[0] == both[0]) {
                match.isFirstStroke = true;
            }
        }
    }
    return match;
}

bool RollCommands::knows(const QKeyEvent& event) const {
    const auto match = find(event);
    return match.row || match.isFirstStroke;
}

QString RollCommands::idOf(const QKeyEvent& event) const {
    const auto* row = find(event).row;
    return row ? QString::fromLatin1(row->id) : QString();
}

bool RollCommands::handle(const QKeyEvent& event) {
    const bool isModifier = event.key() == Qt::Key_Shift || event.key() == Qt::Key_Control ||
                            event.key() == Qt::Key_Alt || event.key() == Qt::Key_Meta;
    if (isModifier) return false;
    const auto match = find(event);
    firstStroke_ = match.isFirstStroke && !match.row ? sequenceOf(event) : QKeySequence();
    if (match.row) match.row->run(*this);
    return match.row || match.isFirstStroke;
}

std::vector<QAction*> RollCommands::actions(QObject* parent, Which which) {
    std::vector<QAction*> made;
    for (const auto& row : table()) {
        if (which == Which::ForMenu && !row.inMenu) continue;
        const auto id = QString::fromLatin1(row.id);
        auto* action = new QAction(shortcut(id).name, parent);
        action->setObjectName(QStringLiteral("roll.") + id);
        action->setShortcutContext(Qt::WidgetShortcut); // shown only: the roll reads its keys itself
        followKeys(*action, id);
        connect(action, &QAction::triggered, this, [this, run = row.run] { run(*this); });
        made.push_back(action);
    }
    return made;
}

void RollCommands::fillMenu(QMenu& menu) {
    const bool hasNotes = !chosen().empty();
    std::size_t index = 0;
    std::vector<const Row*> shown;
    for (const auto& row : table())
        if (row.inMenu) shown.push_back(&row);
    for (auto* action : actions(&menu)) {
        const auto* row = shown[index++];
        action->setEnabled(hasNotes || !row->needsNotes);
        const std::string_view id(row->id);
        if (id == "selectAll" || id == "splitAtCursor") menu.addSeparator();
        menu.addAction(action);
    }
    addChoices(*menu.addMenu(tr("Select")));
    if (!operations_) return;
    menu.addSeparator();
    operations_(*menu.addMenu(tr("Notes")));
}

std::vector<score::NoteId> RollCommands::chosen() { return idsOf(state_.selectedNotes()); }

std::vector<score::NoteId> RollCommands::selectable() const {
    std::vector<score::NoteId> ids;
    state_.forEachSelectable([&](const score::Track&, const score::Note& note) { ids.push_back(note.id); });
    return ids;
}

void RollCommands::copy() { copySelection(state_.document()); }
void RollCommands::cut() { cutSelection(state_.document()); }
void RollCommands::paste() { pasteAtCursor(/*exactly=*/false); }
void RollCommands::pasteExactly() { pasteAtCursor(/*exactly=*/true); }

void RollCommands::pasteAtCursor(bool exactly) {
    const auto cursor = state_.document().insertCursor();
    if (pasteClipboard(state_.document(), exactly)) reveal(cursor);
}

void RollCommands::duplicate() {
    const auto notes = state_.document().selectedNotes();
    if (notes.empty()) return;
    duplicateSelection(state_.document(), state_.snapper().step(notes.front().notes.front().onset));
}

void RollCommands::remove() {
    const auto ids = chosen();
    state_.document().perform(score::removeNotes(state_.document().score(), ids), named(tr("Delete"), ids.size()));
}

void RollCommands::removeWithControllers() {
    const auto ids = chosen();
    state_.document().perform(score::removeNotesWithControllers(state_.document().score(), ids),
                              ids.size() == 1 ? tr("Delete note with controllers")
                                              : tr("Delete %1 notes with controllers").arg(ids.size()));
}

void RollCommands::selectAll() { state_.document().selection().select(selectable()); }

void RollCommands::selectNone() {
    auto& selection = state_.document().selection();
    const bool nothingToLeave = selection.isEmpty() && !selection.range() && !showsCell_;
    hideCell();
    if (selection.isEmpty())
        selection.setRange(std::nullopt);
    else
        selection.clear();
    if (nothingToLeave && sinceNothing_.isValid() && sinceNothing_.elapsed() < kTwiceMs) Q_EMIT state_.panicRequested();
    sinceNothing_.invalidate();
    if (nothingToLeave) sinceNothing_.start();
}

void RollCommands::invertSelection() { state_.document().selection().toggle(selectable()); }

void RollCommands::moveBy(int pitchSteps, int timeSteps, bool ticks) {
    const auto notes = state_.selectedNotes();
    if (notes.empty()) return moveCell(pitchSteps, timeSteps, ticks);
    auto& document = state_.document();
    const auto step = ticks ? score::Ticks{1} : state_.snapper().step(timeSpan(notes).start);
    const bool inTime = timeSteps != 0;
    const auto ids = idsOf(notes);
    const bool byRows = state_.geometry().rows.isFolded() && std::abs(pitchSteps) == 1; // else by semitones
    auto moves = byRows ? score::moveNotes(document.score(), ids, step * timeSteps, rowsUp(notes, pitchSteps))
                        : score::moveNotes(document.score(), ids, step * timeSteps, pitchSteps);
    if (state_.options().carriesControllers)
        moves = score::withCarriedControllers(document.score(), std::move(moves), document.mint());
    document.perform(std::move(moves), named(inTime ? tr("Move") : tr("Transpose"), notes.size()),
                     inTime ? Nudge::Time : Nudge::Pitch);
    const auto now = state_.selectedNotes();
    if (!inTime && !now.empty())
        Q_EMIT state_.auditionRequested(document.currentTrack(), now.front().pitch, now.front().velocity);
}

/// Where the keys go when `notes` move by rows, as far as all of them can.
score::KeyMap RollCommands::rowsUp(const std::vector<score::Note>& notes, int rows) const {
    PitchSet pitches;
    for (const auto& note : notes)
        if (!score::has(note.marks, score::NoteMarks::Locked)) pitches.set(note.pitch);
    const auto& map = state_.geometry().rows;
    return map.carriedBy(map.allowedSteps(rows, pitches));
}

void RollCommands::moveCell(int pitchSteps, int timeSteps, bool ticks) {
    auto& document = state_.document();
    if (!showsCell_) {
        cellPitch_ = state_.geometry().pitchAt(state_.viewSize().height() / 2);
        showsCell_ = true;
    }
    const auto& rows = state_.geometry().rows;
    cellPitch_ = rows.pitchOf(rows.rowOf(cellPitch_) + pitchSteps);
    if (timeSteps != 0) {
        auto at = document.insertCursor();
        if (ticks)
            at = std::max(score::Tick{0}, at + score::Ticks{timeSteps});
        else
            at = timeSteps > 0 ? state_.snapper().after(at) : state_.snapper().before(at);
        document.setInsertCursor(at);
    }
    if (pitchSteps != 0) Q_EMIT state_.auditionRequested(document.currentTrack(), cellPitch_, state_.newVelocity());
    reveal(document.insertCursor());
    Q_EMIT cellChanged();
}

void RollCommands::hideCell() {
    if (!showsCell_) return;
    showsCell_ = false;
    Q_EMIT cellChanged();
}

void RollCommands::toggleNoteInCell() {
    auto& document = state_.document();
    const auto at = document.insertCursor();
    const auto* track = state_.track();
    if (track)
        for (const auto& note : track->notes)
            if (note.pitch == cellPitch_ && note.range().contains(at))
                return document.perform(score::removeNotes(document.score(), std::array{note.id}), tr("Delete note"));
    const score::Note note{.id = document.mint().note(),
                           .onset = at,
                           .length = state_.newLength(),
                           .pitch = static_cast<std::uint8_t>(cellPitch_),
                           .velocity = static_cast<std::uint8_t>(state_.newVelocity())};
    document.perform(addNotes(document, {note}), tr("Add note"));
    Q_EMIT state_.auditionRequested(document.currentTrack(), note.pitch, note.velocity);
}

void RollCommands::lengthenBy(int steps, bool ticks) {
    const auto notes = state_.selectedNotes();
    if (notes.empty()) return;
    auto& document = state_.document();
    const auto step = ticks ? score::Ticks{1} : state_.snapper().step(timeSpan(notes).start);
    document.perform(score::resizeEnds(document.score(), idsOf(notes), step * steps), named(tr("Resize"), notes.size()),
                     Nudge::Length);
}

void RollCommands::toggleMark(score::NoteMarks mark, const QString& on, const QString& off) {
    const auto notes = state_.selectedNotes();
    if (notes.empty()) return;
    const bool sets = std::ranges::any_of(notes, [&](const auto& note) { return !score::has(note.marks, mark); });
    auto& document = state_.document();
    document.perform(score::setMark(document.score(), idsOf(notes), mark, sets), named(sets ? on : off, notes.size()));
}

void RollCommands::louder(int by) {
    const auto ids = chosen();
    auto& document = state_.document();
    document.perform(score::changeVelocity(document.score(), ids, by), named(tr("Change velocity of"), ids.size()),
                     Nudge::Velocity);
}

void RollCommands::split() {
    const auto ids = chosen();
    auto& document = state_.document();
    document.perform(score::splitNotes(document.score(), ids, document.insertCursor(), document.mint()),
                     tr("Split notes"));
}

void RollCommands::join() {
    const auto ids = chosen();
    state_.document().perform(score::joinNotes(state_.document().score(), ids), named(tr("Join"), ids.size()));
}

void RollCommands::goToBar(int direction) {
    auto& document = state_.document();
    const auto& meters = document.meterMap();
    const auto now = document.insertCursor();
    const auto bar = meters.positionAt(now).bar;
    const bool inside = meters.barStart(bar) < now;
    goTo(meters.barStart(std::max<std::int64_t>(0, direction > 0 ? bar + 1 : inside ? bar : bar - 1)));
}

void RollCommands::goTo(score::Tick at) {
    state_.document().setInsertCursor(at);
    reveal(at);
}

void RollCommands::reveal(score::Tick at) {
    const double x = state_.geometry().xOf(at), width = state_.viewSize().width();
    auto wanted = state_.geometry();
    if (x < 0 || x > width * 0.95) wanted.scrollX += x - width / 4;
    if (showsCell_) {
        const double top = wanted.yOf(cellPitch_);
        if (top < 0) wanted.scrollY += top;
        if (top + wanted.rowHeight > state_.viewSize().height())
            wanted.scrollY += top + wanted.rowHeight - state_.viewSize().height();
    }
    state_.setGeometry(wanted);
}

void RollCommands::toggleOption(bool RollOptions::*which) {
    auto options = state_.options();
    options.*which = !(options.*which);
    state_.setOptions(options);
}

void RollCommands::rememberView() {
    views_.push_back(state_.geometry());
    if (views_.size() > 50) views_.erase(views_.begin());
}

void RollCommands::zoomToSelection() {
    const auto notes = state_.selectedNotes();
    if (notes.empty()) return fitSong();
    rememberView();
    const auto [low, high] = pitchSpan(notes);
    state_.show(timeSpan(notes), low, high);
}

void RollCommands::zoomBack() {
    if (views_.empty()) return;
    state_.setGeometry(views_.back());
    views_.pop_back();
}

void RollCommands::fitSong() {
    rememberView();
    int low = 127, high = 0;
    for (const auto& track : state_.document().score().tracks) {
        const auto span = state_.indexes().indexOf(track).pitchSpan();
        low = std::min(low, span.first);
        high = std::max(high, span.second);
    }
    if (low > high) std::tie(low, high) = std::pair{48, 72};
    state_.show({{}, std::max(state_.document().lastTick(), state_.document().meterMap().barStart(4))}, low, high);
}

} // namespace continuo::ui
