#pragma once

#include "engine/score/tick.h"
#include "ui/document/note_set.h"

#include <QObject>
#include <optional>
#include <vector>

namespace continuo::ui {

/// What the next command acts on: notes by id, of any track, and a time range (what the net is to write).
/// Ids of notes that an undo took away stay here and count again when a redo brings the notes back.
class Selection : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    bool contains(score::NoteId note) const { return notes_.contains(note); }
    bool isEmpty() const { return notes_.empty(); }
    const NoteSet& notes() const { return notes_; }

    /// Exactly these.
    void select(const std::vector<score::NoteId>& notes) { select(NoteSet(notes)); }
    void select(NoteSet notes);
    void add(const std::vector<score::NoteId>& notes);
    void remove(const std::vector<score::NoteId>& notes);
    void toggle(const std::vector<score::NoteId>& notes);
    /// No notes; the range stays.
    void clear();

    /// Never empty where there is one.
    const std::optional<score::TickRange>& range() const { return range_; }
    void setRange(std::optional<score::TickRange> range);

Q_SIGNALS:
    void notesChanged();
    void rangeChanged();

private:
    NoteSet notes_;
    std::optional<score::TickRange> range_;
};

} // namespace continuo::ui
