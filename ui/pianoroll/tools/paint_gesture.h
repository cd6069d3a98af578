#pragma once

#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/tools/edit_gesture.h"

#include <map>

namespace continuo::ui {

/// One note in each grid cell along the path; Shift keeps the first pitch. A note of that pitch that starts in a
/// painted cell gets its length, one that reaches into it is cut before it.
class PaintGesture : public EditGesture {
public:
    PaintGesture(RollState& state, const Pointer& press);

    void update(const Pointer& pointer) override;
    void finish() override;
    void cancel() override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    void touch(QPointF at, bool oneRow);
    score::Note newNote(score::Tick start, int pitch) const;
    using Changes = std::map<score::NoteId, NoteChange>;
    /// Shapes the notes that are in the way of `fresh`; true where one of them stands for it.
    bool shape(const score::Note& fresh, Changes& changes);
    score::ScoreEdit painted();

    std::map<score::Tick, int> cells_; // start of the cell: pitch
    int firstPitch_;
    QPointF last_;
    std::map<score::Tick, score::NoteId> ids_; // given once, so that the preview is what comes of it
};

} // namespace continuo::ui
