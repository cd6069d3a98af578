#pragma once

#include "ui/document/score_document.h"
#include "ui/pianoroll/note_index.h"

#include <unordered_map>

namespace continuo::ui {

/// The index of each track and which of its notes are selected, made when asked for and kept until the score or the
/// selection changes.
class TrackIndexes : public QObject {
    Q_OBJECT

public:
    explicit TrackIndexes(ScoreDocument& document, QObject* parent = nullptr);

    const NoteIndex& indexOf(const score::Track& track);
    /// One flag a note of the track; empty where nothing is selected.
    const std::vector<std::uint8_t>& selectedFlags(const score::Track& track);

private:
    struct Entry {
        NoteIndex index;
        bool fresh = false;
        std::vector<std::uint8_t> selected;
        bool selectionFresh = false;
    };
    void forgetNotes();
    void forgetSelection();

    ScoreDocument& document_;
    std::unordered_map<score::TrackId, Entry> entries_;
};

} // namespace continuo::ui
