#include "ui/events/event_list_model.h"

#include "ui/clipboard/note_transfer.h"
#include "ui/theme/theme.h"

#include <algorithm>

namespace continuo::ui {
namespace {

bool isFigure(int column) {
    const auto which = static_cast<EventColumn>(column);
    return which == EventColumn::Value || which == EventColumn::Length || which == EventColumn::Release;
}

} // namespace

EventListModel::EventListModel(ScoreDocument& document, QObject* parent)
    : QAbstractTableModel(parent), document_(document) {
    soon_.setSingleShot(true);
    soon_.setInterval(0);
    connect(&soon_, &QTimer::timeout, this, &EventListModel::bringUpToDate);
    connect(&document, &ScoreDocument::scoreChanged, this, &EventListModel::forget);
    for (auto signal : {&ScoreDocument::tracksChanged, &ScoreDocument::replaced, &ScoreDocument::currentTrackChanged})
        connect(&document, signal, this, &EventListModel::forget);
    connect(&document, &ScoreDocument::selectionChanged, this, &EventListModel::selectionMoved);
}

void EventListModel::setScope(Scope scope) {
    scope_ = scope;
    forget();
    bringUpToDate();
}

void EventListModel::setKinds(EventKinds kinds) {
    kinds_ = kinds;
    forget();
    bringUpToDate();
}

void EventListModel::setActive(bool active) {
    active_ = active;
    bringUpToDate();
}

void EventListModel::forget() {
    stale_ = true;
    if (active_) soon_.start();
}

void EventListModel::selectionMoved() {
    if (scope_ == Scope::Selection) forget();
}

std::vector<EventRow> EventListModel::wanted() const {
    if (scope_ == Scope::Track) return rowsOfTrack(document_.score(), document_.currentTrack(), kinds_);
    return rowsOfNotes(document_.score(), selectedIds(document_), kinds_);
}

void EventListModel::bringUpToDate() {
    soon_.stop();
    if (!stale_ || (!active_ && rows_.empty())) return;
    beginResetModel();
    rows_ = active_ ? wanted() : std::vector<EventRow>();
    stale_ = !active_;
    endResetModel();
}

int EventListModel::rowOf(std::uint64_t id) const {
    if (stale_) return -1;
    const auto found = std::ranges::find(rows_, id, [&](const EventRow& row) { return idOf(document_.score(), row); });
    return found == rows_.end() ? -1 : static_cast<int>(found - rows_.begin());
}

int EventListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int EventListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kEventColumns; }

QVariant EventListModel::data(const QModelIndex& index, int role) const {
    if (stale_ || !index.isValid()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<EventColumn>(index.column());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return cellText(document_, row, column);
    case Qt::TextAlignmentRole:
        return isFigure(index.column()) ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ForegroundRole:
        if (column == EventColumn::Kind && row.kind != EventKind::Note) return theme().text.secondary;
        return {};
    case Qt::ToolTipRole:
        if (row.kind == EventKind::Note && score::has(noteOf(document_.score(), row).marks, score::NoteMarks::Locked))
            return tr("Locked");
        return {};
    default:
        return {};
    }
}

bool EventListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (role != Qt::EditRole || stale_ || !index.isValid()) return false;
    const auto row = rows_[static_cast<std::size_t>(index.row())];
    auto edit = editedCell(document_, row, static_cast<EventColumn>(index.column()), value.toString());
    Q_EMIT refused(edit ? QString() : QString::fromStdString(edit.error().message));
    if (!edit || edit->isEmpty()) return false;
    document_.perform(std::move(*edit), tr("Change %1").arg(kindName(row.kind).toLower()));
    return true;
}

Qt::ItemFlags EventListModel::flags(const QModelIndex& index) const {
    auto flags = QAbstractTableModel::flags(index);
    if (!stale_ && index.isValid() &&
        isEditable(rows_[static_cast<std::size_t>(index.row())], static_cast<EventColumn>(index.column())))
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && isFigure(section)) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QStringList names{tr("Position"), tr("Event"), tr("Pitch, number"), tr("Value"), tr("Length"), tr("Release")};
    return names.value(section);
}

} // namespace continuo::ui
