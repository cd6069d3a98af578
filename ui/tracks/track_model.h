#pragma once

#include "ui/document/score_document.h"

#include <QAbstractListModel>

namespace continuo::ui {

/// The tracks of the document as rows of one view.
class TrackModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { Instrument = Qt::UserRole, Icon, Colour, Muted, Soloed, Visible, Current, Sounds, Output };

    explicit TrackModel(ScoreDocument& document, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// Renames; an undo step.
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

    score::TrackId trackAt(const QModelIndex& index) const;
    QModelIndex indexOf(score::TrackId track) const;

    void toggleMuted(score::TrackId track);
    void toggleSoloed(score::TrackId track);
    void toggleVisible(score::TrackId track);

private:
    void refresh();

    ScoreDocument& document_;
    int rows_ = 0;
};

/// The name of the track, or of its instrument where the file gave none.
QString trackTitle(const score::Track& track);

} // namespace continuo::ui
