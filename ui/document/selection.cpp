#include "ui/document/selection.h"

namespace continuo::ui {

void Selection::select(NoteSet notes) {
    if (notes == notes_) return;
    notes_ = std::move(notes);
    Q_EMIT notesChanged();
}

void Selection::add(const std::vector<score::NoteId>& notes) {
    const auto before = notes_.size();
    for (const auto note : notes) notes_.insert(note);
    if (notes_.size() != before) Q_EMIT notesChanged();
}

void Selection::remove(const std::vector<score::NoteId>& notes) {
    const auto before = notes_.size();
    for (const auto note : notes) notes_.erase(note);
    if (notes_.size() != before) Q_EMIT notesChanged();
}

void Selection::toggle(const std::vector<score::NoteId>& notes) {
    for (const auto note : notes)
        if (!notes_.erase(note)) notes_.insert(note);
    if (!notes.empty()) Q_EMIT notesChanged();
}

void Selection::clear() { select(NoteSet()); }

void Selection::setRange(std::optional<score::TickRange> range) {
    if (range && range->isEmpty()) range.reset();
    if (range == range_) return;
    range_ = range;
    Q_EMIT rangeChanged();
}

} // namespace continuo::ui
