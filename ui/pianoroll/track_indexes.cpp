#include "ui/pianoroll/track_indexes.h"

#include <algorithm>

namespace continuo::ui {
namespace {

score::TickRange joined(score::TickRange a, score::TickRange b) {
    if (a.isEmpty()) return b;
    if (b.isEmpty()) return a;
    return {std::min(a.start, b.start), std::max(a.end, b.end)};
}

} // namespace

TrackIndexes::TrackIndexes(ScoreDocument& document, QObject* parent) : QObject(parent), document_(document) {
    connect(&document, &ScoreDocument::scoreChanged, this, &TrackIndexes::forget);
    connect(&document, &ScoreDocument::tracksChanged, this, &TrackIndexes::forgetGoneTracks);
    connect(&document, &ScoreDocument::replaced, this, [this] { entries_.clear(); });
    connect(&document, &ScoreDocument::selectionChanged, this, &TrackIndexes::forgetSelection);
}

const NoteIndex& TrackIndexes::indexOf(const score::Track& track) {
    auto& entry = entries_[track.id];
    if (!entry.made)
        entry.index.rebuild(track.notes);
    else if (!entry.stale.isEmpty())
        entry.index.update(track.notes, entry.stale);
    entry.made = true;
    entry.stale = {};
    return entry.index;
}

const std::vector<score::Note>& TrackIndexes::selectedOf(const score::Track& track) {
    const auto& index = indexOf(track);
    auto& entry = entries_[track.id];
    if (!entry.selectionMade)
        entry.selected = index.chosen(track.notes, document_.selection().notes());
    else if (!entry.selectionStale.isEmpty())
        refreshSelected(entry, track);
    entry.selectionMade = true;
    entry.selectionStale = {};
    return entry.selected;
}

/// The same notes are selected; those that start where the score changed are looked up anew.
void TrackIndexes::refreshSelected(Entry& entry, const score::Track& track) {
    const auto range = entry.selectionStale;
    const auto& selection = document_.selection();
    std::erase_if(entry.selected, [&](const score::Note& note) { return range.contains(note.onset); });
    std::vector<score::Note> present;
    for (auto i = NoteIndex::firstFrom(track.notes, range.start);
         i < track.notes.size() && track.notes[i].onset < range.end; ++i)
        if (selection.contains(track.notes[i].id)) present.push_back(track.notes[i]);
    const auto place =
        entry.selected.begin() + static_cast<std::ptrdiff_t>(NoteIndex::firstFrom(entry.selected, range.start));
    entry.selected.insert(place, present.begin(), present.end());
}

const std::vector<std::uint8_t>& TrackIndexes::selectedFlags(const score::Track& track) {
    auto& entry = entries_[track.id];
    if (entry.flagsFresh) return entry.flags;
    entry.flagsFresh = true;
    entry.flags.clear();
    if (document_.selection().isEmpty()) return entry.flags;
    const auto& selected = selectedOf(track);
    entry.flags.resize(track.notes.size());
    auto from = track.notes.begin();
    for (const auto& note : selected) {
        from = std::lower_bound(from, track.notes.end(), note, score::NoteOrder{});
        if (from != track.notes.end()) entry.flags[static_cast<std::size_t>(from - track.notes.begin())] = 1;
    }
    return entry.flags;
}

void TrackIndexes::forget(score::TickRange range) {
    if (range.isEmpty()) return;
    for (auto& [track, entry] : entries_) {
        entry.stale = joined(entry.stale, range);
        entry.selectionStale = joined(entry.selectionStale, range);
        entry.flagsFresh = false;
    }
}

void TrackIndexes::forgetSelection() {
    for (auto& [track, entry] : entries_) {
        entry.selectionMade = entry.flagsFresh = false;
        if (!document_.selection().isEmpty()) continue;
        entry.selected = std::vector<score::Note>(); // they may have been long
        entry.flags = std::vector<std::uint8_t>();
    }
}

void TrackIndexes::forgetGoneTracks() {
    std::erase_if(entries_, [&](const auto& entry) { return !score::findTrack(document_.score(), entry.first); });
}

} // namespace continuo::ui
