#pragma once

#include "ui/pianoroll/drum_map.h"
#include "ui/pianoroll/gesture_table.h"
#include "ui/pianoroll/roll_geometry.h"
#include "ui/pianoroll/roll_settings.h"
#include "ui/pianoroll/scale_view.h"
#include "ui/pianoroll/snap_grid.h"
#include "ui/pianoroll/track_indexes.h"

#include <QSizeF>

namespace continuo::ui {

/// What a drag would make of the tracks if it ended now. Drawn instead of the notes it replaces.
struct NotePreview {
    NoteSet hidden;                 // notes of any track that are not drawn
    std::vector<score::Note> notes; // of the current track; drawn in front
    std::vector<TrackNotes> others; // of other tracks that are edited too
    bool asSelected = true;
    bool isEmpty() const { return hidden.empty() && notes.empty() && others.empty(); }
};

/// What `edit` would make of a track, and of the others that it changes.
NotePreview previewOf(const score::ScoreEdit& edit, score::TrackId track);

/// What the parts of the roll share: the piece, the view on it, tool, grid and the drag in progress. Acts on the
/// current track of the document, and with `several` on the other visible ones too.
class RollState : public QObject {
    Q_OBJECT

public:
    explicit RollState(ScoreDocument& document, QObject* parent = nullptr);

    ScoreDocument& document() { return document_; }
    const ScoreDocument& document() const { return document_; }
    TrackIndexes& indexes() { return indexes_; }
    /// Null where the piece has no track.
    const score::Track* track() const { return document_.currentTrackContent(); }
    /// The tracks whose notes can be selected and changed here, the current one last.
    std::vector<const score::Track*> editableTracks() const;
    /// The other tracks that are drawn, from back to front.
    std::vector<const score::Track*> ghostTracks() const;
    bool isEditable(const score::Track& track) const;
    /// Of the editable tracks, in the order of their times where there is one track.
    std::vector<score::Note> selectedNotes();
    /// The same, by track.
    std::vector<TrackNotes> selectedByTrack();
    /// Calls visit(track, note) for every note that can be selected: of the editable tracks, on rows that are shown.
    template <typename Visit>
    void forEachSelectable(Visit visit) const {
        for (const auto* track : editableTracks())
            for (const auto& note : track->notes)
                if (geometry_.shows(note.pitch)) visit(*track, note);
    }
    /// Notes of the editable tracks whose rows are not shown.
    std::size_t hiddenNotes();
    /// Notes of the editable tracks that still sound when the next of their pitch starts. Walks through all of them
    /// after an edit.
    std::size_t overlaps();

    const RollGeometry& geometry() const { return geometry_; }
    /// Kept inside the piece, with the rows that there are now. A change by hand stops following until the playhead
    /// stops.
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
    const RollOptions& options() const { return options_; }
    void setOptions(const RollOptions& options);
    bool showsGhosts() const { return options_.ghosts; }
    void setShowsGhosts(bool shows);
    bool showsScale() const { return options_.scale; }
    void setShowsScale(bool shows);
    /// The same fold again opens it. Folding to the scale needs a key.
    void toggleFold(Fold fold);
    /// The key in force at the left edge; null where the piece names none.
    const score::KeyEvent* key() const;
    bool prefersFlats() const;
    /// As the options say; in a drum view, the piece.
    QString nameOf(int pitch) const;

    /// Whether the current track is shown as a drum kit: drum tracks are, until it is said otherwise.
    bool isDrumView() const { return geometry_.rows.showsHits(); }
    void setDrumView(bool on);
    /// Folds are of the moment; the rest lasts from session to session.
    RollSettings settings() const;
    void restore(const RollSettings& settings);
    const DrumMap& drumMap() const { return drumMap_; }
    void setDrumMap(DrumMap map);
    /// How long a hit is made in a drum view.
    score::Ticks hitLength() const;

    /// Keys that are held on a keyboard or by a player, with their velocities.
    const std::map<int, int>& heldKeys() const { return heldKeys_; }
    void setHeldKeys(std::map<int, int> keys);

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
    void probeRequested(score::TrackId track, int pitch, int velocity); // beside what is auditioned
    void hintChanged(const QString& hint);
    void playToggleRequested(); // Space, tapped
    void stopRequested();       // and back to where playing began
    void panicRequested();      // Esc twice
    void heldKeysChanged();

private:
    void followPlayhead();
    void change(const RollGeometry& geometry);
    /// Lays the rows out anew; the pitch in the middle of the view stays there.
    void refreshRows();
    RowMap rowsNow();
    PitchSet usedPitches();
    bool isKit(const score::Track& track) const;
    void deselectHidden();

    ScoreDocument& document_;
    TrackIndexes indexes_;
    RollGeometry geometry_;
    QSizeF viewSize_{800, 400};
    RollTool tool_ = RollTool::Select;
    std::optional<RollTool> heldTool_;
    SnapGrid grid_;
    RollOptions options_;
    DrumMap drumMap_;
    std::map<score::TrackId, bool> drumViews_; // where it is not what the track suggests
    std::map<int, int> heldKeys_;
    bool follows_ = true;
    bool followPaused_ = false;
    bool playing_ = false;
    std::optional<score::Ticks> newLength_;
    int newVelocity_ = 80;
    NotePreview preview_;
    score::Tick playhead_;
};

} // namespace continuo::ui
