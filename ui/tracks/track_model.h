#pragma once

#include "ui/document/score_document.h"
#include "ui/tracks/channel_problems.h"

#include <QAbstractListModel>

namespace continuo::ui {

/// Tracks and groups of the document as rows of one view: a group stands where the first of its tracks does, its tracks
/// follow it while it is open. A search leaves the tracks whose name, instrument or group has the text.
class TrackModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        Instrument = Qt::UserRole,
        Icon,
        Colour,
        Muted,
        Soloed,
        Visible,
        Current,
        Sounds,
        Output,
        Locked,
        Part,    // of the net: "writes", "hears", "off"
        Problem, // a sentence; empty where its channel is its own
        IsGroup,
        Indented,
        Folded,
        Count
    };

    explicit TrackModel(ScoreDocument& document, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// Renames: a track in an undo step, a group at once.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    /// 0 on the row of a group.
    score::TrackId trackAt(const QModelIndex& index) const;
    std::optional<std::size_t> groupAt(const QModelIndex& index) const;
    /// The track of the row, or all of its group in the order of the piece.
    std::vector<score::TrackId> tracksAt(const QModelIndex& index) const;
    /// Not valid for a track that is folded away or not found.
    QModelIndex indexOf(score::TrackId track) const;
    const ChannelProblem* problemOf(score::TrackId track) const;

    void search(const QString& text);

    /// All on, or, where all are on already, all off.
    void toggleMuted(const std::vector<score::TrackId>& tracks);
    void toggleSoloed(const std::vector<score::TrackId>& tracks);
    void toggleVisible(const std::vector<score::TrackId>& tracks);
    void toggleLocked(const std::vector<score::TrackId>& tracks);
    void setRole(const std::vector<score::TrackId>& tracks, NetRole role);
    void setFolded(std::size_t group, bool folded);

private:
    struct Row {
        score::TrackId track{};
        std::optional<std::size_t> group; // of a heading, or of an indented track
        bool isHeading = false;
        friend bool operator==(const Row&, const Row&) = default;
    };
    void refresh();
    std::vector<Row> rows() const;
    bool isFound(const score::Track& track) const;
    QVariant groupData(const TrackGroup& group, const QModelIndex& index, int role) const;
    QVariant trackData(const score::Track& track, int role) const;
    const Row* rowAt(const QModelIndex& index) const;

    ScoreDocument& document_;
    std::vector<Row> rows_;
    std::map<score::TrackId, ChannelProblem> problems_;
    QString search_;
};

/// The name of the track, or of its instrument where the file gave none.
QString trackTitle(const score::Track& track);
/// The drawing chosen by hand, or that of its instrument.
QString trackIcon(const ScoreDocument& document, const score::Track& track);
/// "writes", "hears", "off"
QString roleText(NetRole role);

} // namespace continuo::ui
