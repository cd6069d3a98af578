#pragma once

#include "ui/pianoroll/note_painter.h"
#include "ui/pianoroll/roll_state.h"

#include <memory>

namespace continuo::ui {

/// How many notes of the editable tracks are in the visible time, but outside the visible rows.
struct NotesOutside {
    int above = 0;
    int below = 0;
};

/// Paints everything of the roll that does not move with the playhead into one picture: rows, grid, target, ghosts,
/// notes, candidates.
class RollPainter {
public:
    explicit RollPainter(RollState& state) : state_(state) {}

    /// `picture`: Format_RGB32 with its device pixel ratio set. `dashPhase`: 0..1 of a period of the candidates'
    /// dashes.
    NotesOutside paint(QImage& picture, double dashPhase);

    /// Above this many notes in view, tracks are drawn from their summary.
    static constexpr std::size_t kMostSingleNotes = 12'000;

private:
    struct Frame;
    void paintRows(Frame& frame);
    void paintRowFills(Frame& frame, const KeySpan* key);
    void paintTarget(Frame& frame);
    void paintGrid(Frame& frame);
    void paintGhosts(Frame& frame);
    void paintTracks(Frame& frame);
    void paintPreview(Frame& frame, score::TrackId track, const std::vector<score::Note>& notes);
    void paintSummary(Frame& frame, const score::Track& track, bool ghost);
    void paintFarSelection(Frame& frame, const score::Track& track);
    void paintNotes(Frame& frame, const score::Track& track);
    void paintChokes(Frame& frame, const score::Track& track);
    void paintCandidates(Frame& frame, double phase);
    bool isFar(const Frame& frame, const score::Track& track);

    RollState& state_;
    std::unique_ptr<NotePainter> notes_;
};

inline bool isBlackKey(int pitch) {
    const int name = pitch % 12;
    return name == 1 || name == 3 || name == 6 || name == 8 || name == 10;
}

} // namespace continuo::ui
