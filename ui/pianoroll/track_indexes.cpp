#include "ui/pianoroll/track_indexes.h"

namespace continuo::ui {

TrackIndexes::TrackIndexes(ScoreDocument& document, QObject* parent) : QObject(parent), document_(document) {
    connect(&document, &ScoreDocument::scoreChanged, this, &TrackIndexes::forgetNotes);
    connect(&document, &ScoreDocument::replaced, this, [this] { entries_.clear(); });
    connect(&document, &ScoreDocument::selectionChanged, this, &TrackIndexes::forgetSelection);
}

const NoteIndex& TrackIndexes::indexOf(const score::Track& track) {
    auto& entry = entries_[track.id];
    if (!entry.fresh) {
        entry.index.rebuild(track.notes);
        entry.fresh = true;
    }
    return entry.index;
}

const std::vector<std::uint8_t>& TrackIndexes::selectedFlags(const score::Track& track) {
    auto& entry = entries_[track.id];
    if (entry.selectionFresh) return entry.selected;
    entry.selectionFresh = true;
    entry.selected.clear();
    const auto& selection = document_.selection();
    if (selection.isEmpty()) return entry.selected;
    entry.selected.reserve(track.notes.size());
    for (const auto& note : track.notes) entry.selected.push_back(selection.contains(note.id));
    return entry.selected;
}

void TrackIndexes::forgetNotes() {
    for (auto& [track, entry] : entries_) entry.fresh = entry.selectionFresh = false;
}

void TrackIndexes::forgetSelection() {
    for (auto& [track, entry] : entries_) entry.selectionFresh = false;
}

} // namespace continuo::ui
