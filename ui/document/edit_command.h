#pragma once

#include "ui/document/score_document.h"

#include <QElapsedTimer>
#include <QUndoCommand>

namespace continuo::ui {

/// The one undo command: carries an edit out, or its inverse.
class ScoreDocument::EditCommand : public QUndoCommand {
public:
    EditCommand(ScoreDocument& document, score::ScoreEdit edit, const QString& name, Nudge nudge);

    void redo() override { document_.run(edit_, text()); }
    void undo() override { document_.run(score::inverse(edit_), ScoreDocument::tr("Undo %1").arg(text())); }
    int id() const override { return nudge_ == Nudge::None ? -1 : static_cast<int>(nudge_); }
    /// Nudges of one kind on the same notes, at most 700 ms apart.
    bool mergeWith(const QUndoCommand* later) override;

private:
    ScoreDocument& document_;
    score::ScoreEdit edit_;
    Nudge nudge_;
    QElapsedTimer age_;
};

/// First `first`, then `second`, as one edit; nothing where `second` does not go on with just the notes and events
/// that `first` left.
std::optional<score::ScoreEdit> joined(const score::ScoreEdit& first, const score::ScoreEdit& second);

} // namespace continuo::ui
