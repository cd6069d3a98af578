#pragma once

#include "engine/score/operations/paste.h"
#include "ui/document/score_document.h"

#include <optional>

/// Copy, cut, paste and duplicate of the selected notes, of whatever tracks. Each is one undo step; without a selection
/// the first two do nothing.
namespace continuo::ui {

/// Ids of the selected notes that exist.
std::vector<score::NoteId> selectedIds(const ScoreDocument& document);

/// Puts the notes on the clipboard of the desktop.
void copySelection(const ScoreDocument& document);
void cutSelection(ScoreDocument& document);

/// The music on the clipboard of the desktop, from whatever program.
std::optional<score::Clip> clipOnClipboard();

/// How Ctrl+V pastes: notes of one track into the current one, those of several each into the track it came from;
/// without any track, new ones are made.
score::PasteSettings plainPaste(const ScoreDocument& document, const score::Clip& clip);

/// The pasted notes become the selection; where they were pasted at the insert cursor it moves behind them, so that
/// pasting again repeats the pattern. False where nothing came of it.
bool pasteClip(ScoreDocument& document, const score::Clip& clip, score::Tick at, const score::PasteSettings& settings);

/// Ctrl+V: the clipboard at the insert cursor. `exactly`: the first note at the cursor, its offset from the grid is
/// dropped.
bool pasteClipboard(ScoreDocument& document, bool exactly = false);

/// Copies right behind the selection: it is repeated after its length, rounded up to bars where it fills one, else to
/// beats, else to `step`. The copies become the selection.
void duplicateSelection(ScoreDocument& document, score::Ticks step);

} // namespace continuo::ui
