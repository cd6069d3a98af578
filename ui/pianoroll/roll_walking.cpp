#include "ui/pianoroll/roll_commands.h"
#include "ui/pianoroll/tools/edit_gesture.h"
#include "ui/shortcuts/key_labels.h"

#include <QAction>
#include <QMenu>
#include <algorithm>

/// What of the roll's commands only changes the selection, the view or the next note.
namespace continuo::ui {
namespace {

/// The places of the first and last selected note in the track; nothing where none is selected.
std::optional<std::pair<std::ptrdiff_t, std::ptrdiff_t>> spanOf(const std::vector<std::uint8_t>& flags) {
    const auto isChosen = [](std::uint8_t flag) { return flag != 0; };
    const auto first = std::ranges::find_if(flags, isChosen);
    if (first == flags.end()) return std::nullopt;
    return std::pair{first - flags.begin(), flags.rend() - std::find_if(flags.rbegin(), flags.rend(), isChosen) - 1};
}

} // namespace

void RollCommands::selectNeighbour(int direction, bool extends) {
    const auto* track = state_.track();
    if (!track || track->notes.empty()) return;
    const auto& notes = track->notes;
    std::ptrdiff_t next = 0;
    if (const auto span = spanOf(state_.indexes().selectedFlags(*track)))
        next = direction > 0 ? span->second + 1 : span->first - 1;
    else
        next = static_cast<std::ptrdiff_t>(NoteIndex::firstFrom(notes, state_.document().insertCursor())) -
               (direction > 0 ? 0 : 1);
    next = std::clamp<std::ptrdiff_t>(next, 0, static_cast<std::ptrdiff_t>(notes.size()) - 1);
    const auto note = notes[static_cast<std::size_t>(next)];
    auto& selection = state_.document().selection();
    extends ? selection.add({note.id}) : selection.select({note.id});
    reveal(note.onset);
    Q_EMIT state_.auditionRequested(track->id, note.pitch, note.velocity);
}

void RollCommands::selectVoice(int direction) {
    const auto selected = state_.selectedNotes();
    const auto* track = state_.track();
    if (selected.empty() || !track) return;
    const auto& from = selected.front();
    std::vector<score::Note> sounding;
    state_.indexes().indexOf(*track).forEachTouching(track->notes, {from.onset, from.onset + score::Ticks{1}},
                                                     [&](std::size_t i) { sounding.push_back(track->notes[i]); });
    std::ranges::stable_sort(sounding, std::greater{}, &score::Note::pitch);
    const auto at = std::ranges::find(sounding, from.id, &score::Note::id) - sounding.begin();
    const auto count = static_cast<std::ptrdiff_t>(sounding.size());
    const auto note = sounding[static_cast<std::size_t>((at + direction + count) % count)];
    state_.document().selection().select({note.id});
    reveal(note.onset);
    Q_EMIT state_.auditionRequested(track->id, note.pitch, note.velocity);
}

void RollCommands::choose(NoteChoice choice) { state_.document().selection().select(notesChosenBy(state_, choice)); }

void RollCommands::addChoices(QMenu& menu) {
    for (const auto& entry : noteChoices()) {
        const auto id = QString::fromLatin1(entry.id);
        auto* action = menu.addAction(shortcut(id).name, this, [this, choice = entry.choice] { choose(choice); });
        action->setShortcutContext(Qt::WidgetShortcut); // shown only
        followKeys(*action, id);
    }
}

void RollCommands::openChoices() {
    auto* menu = new QMenu; // whoever shows it owns it
    addChoices(*menu);
    Q_EMIT choicesRequested(menu);
}

void RollCommands::openMenu() { Q_EMIT menuRequested(); }

void RollCommands::fitTrack() {
    const auto* track = state_.track();
    if (!track || track->notes.empty()) return;
    rememberView();
    const auto [low, high] = state_.indexes().indexOf(*track).pitchSpan();
    auto wanted = state_.geometry();
    wanted.rowHeight = std::clamp(std::floor(state_.viewSize().height() / (high - low + 3)), RollGeometry::kMinRow,
                                  RollGeometry::kMaxRow);
    wanted.scrollY += wanted.yOf(high) - wanted.rowHeight;
    state_.setGeometry(wanted);
}

void RollCommands::setNewLength(int value) {
    const auto whole = state_.document().score().division.quarter() * 4;
    state_.adopt(value == 0 ? state_.snapper().step(state_.document().insertCursor()) : score::Ticks{whole / value},
                 state_.newVelocity());
}

} // namespace continuo::ui
