#include "ui/pianoroll/drum_commands.h"

#include "engine/score/operations/edit_builder.h"
#include "engine/score/operations/ornaments.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/roll_state.h"

#include <QMenu>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kGhostLoudness = 0.35; // of the hit it was
constexpr double kFlamLoudness = 0.6;
constexpr int kFlamRate = 64, kRollRate = 32;

QString tr(const char* text) { return RollState::tr(text); }

std::vector<score::NoteId> chosen(RollState& state) {
    std::vector<score::NoteId> ids;
    for (const auto& note : state.selectedNotes()) ids.push_back(note.id);
    return ids;
}

void performOrnament(RollState& state, const score::OrnamentSettings& settings, const QString& name) {
    const auto ids = chosen(state);
    auto& document = state.document();
    const auto result = score::ornament(document.score(), ids, settings, document.mint());
    document.perform(result.edit, named(name, ids.size()));
}

} // namespace

void makeGhostHits(RollState& state) {
    std::size_t count = 0;
    const auto edit = changeEach(state.selectedByTrack(), [&](score::Note note) {
        if (score::has(note.marks, score::NoteMarks::Locked)) return note;
        note.velocity = static_cast<std::uint8_t>(std::max(1L, std::lround(note.velocity * kGhostLoudness)));
        ++count;
        return note;
    });
    state.document().perform(edit, named(tr("Ghost"), count));
}

void makeFlams(RollState& state) {
    performOrnament(state,
                    {.kind = score::Ornament::Flam, .rate = score::Grid::of(kFlamRate), .accessory = kFlamLoudness},
                    tr("Flam"));
}

/// The hits that follow fill the time to the next line of the grid: a hit itself has no time of its own.
void makeRolls(RollState& state) {
    auto& document = state.document();
    const auto ids = chosen(state);
    const auto snapper = state.snapper();
    auto lengthened = changeEach(state.selectedByTrack(), [&](score::Note note) {
        if (!score::has(note.marks, score::NoteMarks::Locked))
            note.length = std::max(note.length, snapper.after(note.onset) - note.onset);
        return note;
    });
    auto rolled = document.score();
    score::apply(lengthened, rolled);
    const auto result = score::ornament(
        rolled, ids, {.kind = score::Ornament::Roll, .rate = score::Grid::of(kRollRate)}, document.mint());
    score::apply(result.edit, rolled);
    document.perform(score::difference(document.score(), rolled), named(tr("Roll"), ids.size()));
}

void addDrumCommands(QMenu& menu, RollState& state) {
    menu.addSeparator();
    const bool some = !state.document().selection().isEmpty();
    menu.addAction(tr("Ghost hits"), &state, [&state] { makeGhostHits(state); })->setEnabled(some);
    menu.addAction(tr("Flams"), &state, [&state] { makeFlams(state); })->setEnabled(some);
    menu.addAction(tr("Rolls"), &state, [&state] { makeRolls(state); })->setEnabled(some);
}

} // namespace continuo::ui
