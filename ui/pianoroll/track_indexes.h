#pragma once

#include "ui/document/score_document.h"
#include "ui/pianoroll/note_index.h"

#include <unordered_map>

namespace continuo::ui {

/// The index of each track and which of its notes are selected, made when asked for. An edit costs what it touches,
/// not what the piece holds.
class TrackIndexes : public QObject {
    Q_OBJECT

public:
    explicit TrackIndexes(ScoreDocument& document, QObject* parent = nullptr);

    const NoteIndex& indexOf(const score::Track& track);
    /// The selected notes of a track, in order.
    const std::vector<score::Note>& selectedOf(const score::Track& track);
    /// One flag a note of the track; empty where nothing is selected. For walks over many notes: costs the whole track.
    const std::vector<std::uint8_t>& selectedFlags(const score::Track& track);

private:
    struct Entry {
        NoteIndex index;
        bool made = false;
        score::TickRange stale; // where notes changed since
        std::vector<score::Note> selected;
        bool selectionMade = false;
        score::TickRange selectionStale;
        std::vector<std::uint8_t> flags;
        bool flagsFresh = false;
    };
    void forget(score::TickRange range);
    void forgetSelection();
    void forgetGoneTracks();
    void refreshSelected(Entry& entry, const score::Track& track);

    ScoreDocument& document_;
    std::unordered_map<score::TrackId, Entry> entries_;
};

} // namespace continuo::ui
