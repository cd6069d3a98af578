#pragma once

#include "engine/score/operations/operation.h"
#include "ui/document/score_document.h"
#include "ui/tracks/track_list.h"

#include <QCoreApplication>

namespace continuo::ui {

/// What one does to tracks as a whole; each change of the piece is one undo step.
class TrackActions {
    Q_DECLARE_TR_FUNCTIONS(TrackActions)

public:
    using Tracks = std::vector<score::TrackId>;
    explicit TrackActions(ScoreDocument& document) : document_(document) {}

    void move(const Tracks& tracks, const TrackPlace& place, bool keepsGroups);
    void clone(const Tracks& tracks);
    void merge(score::TrackId target, const Tracks& sources);
    void remove(const Tracks& tracks);
    void splitHands(score::TrackId track);
    /// A track for each key: of drums, for each piece of the kit.
    void explode(score::TrackId track);
    void setChannel(const Tracks& tracks, int channel);
    void setRoute(const Tracks& tracks, const std::optional<sound::Route>& route);

    void setColour(const Tracks& tracks, int colour);
    /// Empty: that of the instrument.
    void setIcon(const Tracks& tracks, const std::string& icon);
    void group(const Tracks& tracks);
    void ungroup(const Tracks& tracks);

private:
    /// "Violin", or "3 tracks".
    QString naming(const Tracks& tracks) const;
    void perform(score::OperationResult result, const QString& name);

    ScoreDocument& document_;
};

} // namespace continuo::ui
