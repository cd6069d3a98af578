#include "ui/tracks/track_list.h"

#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/tracks/track_delegate.h"
#include "ui/tracks/track_model.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kDragFrom = 6; // px

} // namespace

TrackList::TrackList(TrackModel& model, ScoreDocument& document, QWidget* parent)
    : QListView(parent), tracks_(model), document_(document) {
    setModel(&model);
    setAccessibleName(tr("Tracks"));
    setSelectionMode(ExtendedSelection);
    setMouseTracking(true);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(DoubleClicked | EditKeyPressed);
}

std::vector<score::TrackId> TrackList::chosen() const {
    std::set<score::TrackId> ids;
    for (const auto& index : selectionModel()->selectedIndexes())
        for (const auto id : tracks_.tracksAt(index)) ids.insert(id);
    std::vector<score::TrackId> ordered;
    for (const auto& track : document_.score().tracks)
        if (ids.contains(track.id)) ordered.push_back(track.id);
    return ordered;
}

bool TrackList::holdsHeading() const {
    return std::ranges::any_of(selectionModel()->selectedIndexes(),
                               [&](const QModelIndex& index) { return tracks_.groupAt(index).has_value(); });
}

/// A press on one of several chosen rows keeps them all until it is known whether they are dragged.
QItemSelectionModel::SelectionFlags TrackList::selectionCommand(const QModelIndex& index, const QEvent* event) const {
    const bool press = event && event->type() == QEvent::MouseButtonPress;
    if (press && selectionModel()->isSelected(index) &&
        static_cast<const QMouseEvent*>(event)->modifiers() == Qt::NoModifier)
        return QItemSelectionModel::NoUpdate;
    return QListView::selectionCommand(index, event);
}

void TrackList::mousePressEvent(QMouseEvent* event) {
    const auto index = indexAt(event->position().toPoint());
    const bool onPart = index.isValid() && TrackDelegate::partAt(visualRect(index), event->position().toPoint(),
                                                                 index) != TrackDelegate::Part::None;
    if (onPart && event->button() == Qt::LeftButton) { // it acts, and chooses nothing
        QStyleOptionViewItem option;
        initViewItemOption(&option);
        option.rect = visualRect(index);
        itemDelegateForIndex(index)->editorEvent(event, model(), option, index);
        return;
    }
    pressed_ = index.isValid() && event->button() == Qt::LeftButton;
    pressedAt_ = event->position().toPoint();
    QListView::mousePressEvent(event);
}

void TrackList::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton) || !pressed_) return QListView::mouseMoveEvent(event);
    const auto at = event->position().toPoint();
    if (!dragging_ && (at - pressedAt_).manhattanLength() < kDragFrom) return;
    dragging_ = true;
    setCursor(Qt::ClosedHandCursor);
    drop_ = dropAt(at);
    viewport()->update();
}

void TrackList::mouseReleaseEvent(QMouseEvent* event) {
    const bool wasDragging = dragging_, wasPressed = pressed_;
    const auto place = drop_.place;
    endDrag();
    if (wasDragging) return Q_EMIT moveRequested(place, holdsHeading());
    QListView::mouseReleaseEvent(event);
    const auto index = indexAt(event->position().toPoint());
    if (wasPressed && index.isValid() && event->modifiers() == Qt::NoModifier)
        selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
}

void TrackList::endDrag() {
    pressed_ = dragging_ = false;
    unsetCursor();
    viewport()->update();
}

std::optional<score::TrackId> TrackList::behind(score::TrackId track) const {
    const auto& tracks = document_.score().tracks;
    auto found = std::ranges::find(tracks, track, &score::Track::id);
    if (found == tracks.end() || ++found == tracks.end()) return std::nullopt;
    return found->id;
}

TrackList::Drop TrackList::dropAt(const QPoint& at) const {
    const auto index = indexAt({viewport()->width() / 2, std::max(0, at.y())});
    const int line = theme().px(2), width = viewport()->width();
    if (!index.isValid()) {
        const auto last = visualRect(tracks_.index(tracks_.rowCount() - 1));
        return {{}, {0, last.bottom() - line / 2, width, line}};
    }
    const auto row = visualRect(index);
    const bool upper = at.y() < row.center().y();
    const QRect edge(0, (upper ? row.top() : row.bottom() + 1) - line / 2, width, line);
    if (const auto heading = tracks_.groupAt(index)) {
        const auto members = tracks_.tracksAt(index);
        if (upper) return {{members.front(), std::nullopt}, edge};
        return {{behind(members.back()), heading}, row};
    }
    const auto track = tracks_.trackAt(index);
    const auto group = document_.trackSettings().groupOf(track);
    return {{upper ? std::optional(track) : behind(track), group}, edge};
}

void TrackList::moveByRow(int by) {
    const auto tracks = chosen();
    const auto rows = selectionModel()->selectedIndexes();
    if (tracks.empty() || rows.isEmpty()) return;
    const auto [first, last] = std::ranges::minmax(rows, {}, &QModelIndex::row);
    const auto next = tracks_.index(by < 0 ? first.row() - 1 : last.row() + 1);
    if (!next.isValid()) return;
    const auto row = visualRect(next);
    Q_EMIT moveRequested(dropAt({0, by < 0 ? row.top() : row.bottom()}).place, holdsHeading());
}

void TrackList::keyPressEvent(QKeyEvent* event) {
    const auto group = tracks_.groupAt(currentIndex());
    const bool alt = event->modifiers() == Qt::AltModifier;
    if (event->key() == Qt::Key_Escape && dragging_) return endDrag();
    if (alt && event->key() == Qt::Key_Up) return moveByRow(-1);
    if (alt && event->key() == Qt::Key_Down) return moveByRow(1);
    if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) return Q_EMIT deleteRequested();
    if (group && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right))
        return Q_EMIT foldRequested(*group, event->key() == Qt::Key_Left);
    if (event->key() == Qt::Key_Return && currentIndex().isValid()) return edit(currentIndex());
    QListView::keyPressEvent(event);
}

void TrackList::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    if (!dragging_) return;
    QPainter painter(viewport());
    if (drop_.mark.height() <= theme().px(2))
        painter.fillRect(drop_.mark, theme().accent.base);
    else
        strokeRounded(painter, QRectF(drop_.mark).adjusted(2, 1, -2, -1), theme().radius.control, theme().accent.base);
}

} // namespace continuo::ui
