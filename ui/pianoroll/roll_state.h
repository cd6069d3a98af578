#pragma once

#include "ui/pianoroll/gesture_table.h"
#include "ui/pianoroll/roll_geometry.h"
#include "ui/pianoroll/snap_grid.h"
#include "ui/pianoroll/track_indexes.h"

#include <QSizeF>

namespace continuo::ui {

/// What a drag would make of the current track if it ended now. Drawn instead of the notes it replaces.
struct NotePreview {
    std::unordered_set<score::NoteId> hidden; // notes of the track that are not drawn
    std::vector<score::Note> notes;           // drawn in front
    bool asSelected = true;
    bool isEmpty() const { return hidden.empty() && notes.empty(); }
};

/// What `edit` would make of a track.
NotePreview previewOf(const score::ScoreEdit& edit, score::TrackId track);

/// What the parts of the roll share: the piece, the view on it, tool, grid and the drag in progress. Acts on the
/// current track of the document.
class RollState : public QObject {
    Q_OBJECT

public:
    explicit RollState(ScoreDocument& document, QObject* parent = nullptr);

    ScoreDocument& document() { return document_; }
    TrackIndexes& indexes() { return indexes_; }
    /// Null where the piece has no track.
    const score::Track* track() const { return document_.currentTrackContent(); }
    std::vector<score::Note> selectedNotes();

    const RollGeometry& geometry() const { return geometry_; }
    /// Kept inside the piece. A change by hand stops following until the playhead stops.
    void setGeometry(const RollGeometry& geometry);
    QSizeF viewSize() const { return viewSize_; }
    void setViewSize(QSizeF size);
    /// Where scrolling ends: some bars after everything there is.
    score::Tick contentEnd() const;
    /// All of `range` and the pitches low to high, with a little room.
    void show(score::TickRange range, int lowPitch, int highPitch);
    void scrollTo(score::Tick left);

    RollTool tool() const { return heldTool_.value_or(tool_); }
    void setTool(RollTool tool);
    /// A tool for as long as its key is held; nothing: back to the one before.
    void holdTool(std::optional<RollTool> tool);
    SnapGrid grid() const { return grid_; }
    void setGrid(SnapGrid grid);
    Snapper snapper() const;
    bool showsGhosts() const { return ghosts_; }
    void setShowsGhosts(bool shows);
    bool showsScale() const { return scale_; }
    void setShowsScale(bool shows);
    /// The key in force at the left edge; null where the piece names none.
    const score::KeyEvent* key() const;
    bool prefersFlats() const;

    score::Ticks newLength() const;
    int newVelocity() const { return newVelocity_; }
    /// What the next drawn note is like.
    void adopt(score::Ticks length, int velocity);

    const NotePreview& preview() const { return preview_; }
    void setPreview(NotePreview preview);

    score::Tick playhead() const { return playhead_; }
    bool isPlaying() const { return playing_; }
    void setPlayhead(score::Tick at, bool playing);
    bool follows() const { return follows_; }
    void setFollows(bool follows);

Q_SIGNALS:
    void viewChanged();  // geometry or size
    void sceneChanged(); // what is drawn: grid, preview, options
    void toolChanged();
    void optionsChanged();
    void playheadMoved(score::Tick from, score::Tick to);
    void auditionRequested(score::TrackId track, int pitch, int velocity);
    void auditionEnded();
    void hintChanged(const QString& hint);
    void playToggleRequested(); // Space, tapped
    void stopRequested();       // and back to where playing began
    void panicRequested();      // Esc twice

private:
    void followPlayhead();
    void change(const RollGeometry& geometry);

    ScoreDocument& document_;
    TrackIndexes indexes_;
    RollGeometry geometry_;
    QSizeF viewSize_{800, 400};
    RollTool tool_ = RollTool::Select;
    std::optional<RollTool> heldTool_;
    SnapGrid grid_;
    bool ghosts_ = true;
    bool scale_ = false;
    bool follows_ = true;
    bool followPaused_ = false;
    bool playing_ = false;
    std::optional<score::Ticks> newLength_;
    int newVelocity_ = 80;
    NotePreview preview_;
    score::Tick playhead_;
};

} // namespace continuo::ui
