#pragma once

#include "ui/document/score_document.h"

#include <QListView>

namespace continuo::ui {

class TrackModel;

/// Where dragged tracks go: before a track of the piece (or to its end), and into a group.
struct TrackPlace {
    std::optional<score::TrackId> before;
    std::optional<std::size_t> group;
    friend bool operator==(const TrackPlace&, const TrackPlace&) = default;
};

/// The rows of tracks: Ctrl and Shift choose many, a drag moves the chosen ones, Esc puts them back. Alt with Up and
/// Down moves them by a row, Left and Right fold and open a group.
class TrackList : public QListView {
    Q_OBJECT

public:
    TrackList(TrackModel& model, ScoreDocument& document, QWidget* parent = nullptr);

    /// Of the chosen rows, groups with all they hold; in the order of the piece.
    std::vector<score::TrackId> chosen() const;
    bool isDragging() const { return dragging_; }

Q_SIGNALS:
    /// `keepsGroups`: whole groups are moved.
    void moveRequested(const continuo::ui::TrackPlace& place, bool keepsGroups);
    void deleteRequested();
    void foldRequested(std::size_t group, bool folded);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(const QModelIndex& index, const QEvent* event) const override;

private:
    struct Drop {
        TrackPlace place;
        QRect mark; // a line between rows, or a row that takes the tracks in
    };
    Drop dropAt(const QPoint& at) const;
    std::optional<score::TrackId> behind(score::TrackId track) const;
    bool holdsHeading() const;
    void moveByRow(int by);
    void endDrag();

    TrackModel& tracks_;
    ScoreDocument& document_;
    QPoint pressedAt_;
    bool pressed_ = false, dragging_ = false;
    Drop drop_;
};

} // namespace continuo::ui
