#pragma once

#include "engine/sound/midi_ports.h"
#include "ui/document/score_document.h"
#include "ui/widgets/panel_frame.h"

#include <functional>

class QListView;
class QMenu;

namespace continuo::ui {

class EmptyState;
class TrackDelegate;
class TrackModel;

/// The list of tracks: which is in front, what each plays, what is heard and shown.
class TrackPanel : public PanelFrame {
    Q_OBJECT

public:
    using PortLister = std::function<sound::PortList()>;

    TrackPanel(ScoreDocument& document, PortLister ports, QWidget* parent = nullptr);

    /// Opens the instrument list; what is chosen becomes a new track, in front.
    void addTrack();
    /// These act on the current track; nothing happens where there is none.
    void renameTrack();
    void chooseInstrument();
    void deleteTrack();
    void toggleMuted();
    void toggleSoloed();
    /// "Synthesizer", each MIDI output, the channel there.
    void fillOutputMenu(QMenu& menu);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void build();
    void showCurrent();
    QPoint belowRow() const;
    void setInstrument(score::TrackId track, int program, bool drums);
    void setRoute(score::TrackId track, std::optional<sound::Route> route);

    ScoreDocument& document_;
    PortLister ports_;
    TrackModel* model_;
    TrackDelegate* delegate_;
    QListView* list_;
    EmptyState* empty_;
};

/// The edit that gives a track another instrument; drums and melodies change the channel, too.
score::ScoreEdit instrumentEdit(const score::Score& score, score::TrackId track, int program, bool drums,
                                score::IdMint& mint);

} // namespace continuo::ui
