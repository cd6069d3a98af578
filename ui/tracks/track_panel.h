#pragma once

#include "engine/sound/midi_ports.h"
#include "ui/document/score_document.h"
#include "ui/tracks/track_actions.h"
#include "ui/tracks/track_delegate.h"
#include "ui/widgets/panel_frame.h"

#include <functional>

class QMenu;

namespace continuo::ui {

class EmptyState;
class SearchField;
class TrackModel;

/// The list of tracks: which is in front, what each plays, what is heard and shown.
class TrackPanel : public PanelFrame {
    Q_OBJECT

public:
    using PortLister = std::function<sound::PortList()>;

    TrackPanel(ScoreDocument& document, PortLister ports, QWidget* parent = nullptr);

    /// The chosen tracks in the order of the piece; the current one where none is chosen.
    std::vector<score::TrackId> chosen() const;
    TrackModel& model() { return *model_; }

    /// Opens the instrument list; what is chosen becomes a new track, in front.
    void addTrack();
    /// These act on the chosen tracks, or, where only one can be meant, on the current one.
    void renameTrack();
    void chooseInstrument();
    void deleteTrack();
    void toggleMuted();
    void toggleSoloed();
    /// "Synthesizer", each MIDI output, the channel there or in the file.
    void fillOutputMenu(QMenu& menu);
    /// All that can be done to the chosen tracks.
    void fillTrackMenu(QMenu& menu);

Q_SIGNALS:
    /// An operation of the Notes menu on the chosen tracks, whose notes are selected.
    void operationRequested(const QString& id);
    /// A key of an instrument is to be heard.
    void auditionRequested(int program, bool drums, int pitch);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void build();
    void connectList();
    void showCurrent();
    void keepChosen();
    void press(const QModelIndex& index, TrackDelegate::Part part);
    QPoint belowRow() const;
    void askForOperation(const QString& id);
    void fillLookMenus(QMenu& menu);
    void fillNetMenu(QMenu& menu);
    void fillShapeMenus(QMenu& menu);

    ScoreDocument& document_;
    TrackActions actions_;
    PortLister ports_;
    TrackModel* model_;
    TrackDelegate* delegate_;
    TrackList* list_;
    SearchField* search_;
    EmptyState* empty_;
    std::vector<score::TrackId> kept_; // chosen before the rows changed
};

} // namespace continuo::ui
