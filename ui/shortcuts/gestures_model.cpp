#include "ui/shortcuts/gestures_model.h"

#include "ui/theme/theme.h"

#include <algorithm>

namespace continuo::ui {

GesturesModel::GesturesModel(GestureSource source, QObject* parent)
    : QAbstractTableModel(parent), source_(std::move(source)) {
    connect(&shortcutBook(), &ShortcutBook::changed, this, &GesturesModel::refresh);
    refresh();
}

QString GesturesModel::doesOf(const GestureSource::Row& row) const {
    for (const auto& choice : source_.choicesOf(row.id))
        if (choice.action == row.action) return choice.does;
    return {};
}

void GesturesModel::refresh() {
    beginResetModel();
    rows_ = source_.rows();
    const auto words = search_.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    std::erase_if(rows_, [&](const auto& row) {
        const auto whole = row.where + QLatin1Char(' ') + row.gesture + QLatin1Char(' ') + doesOf(row);
        return std::ranges::any_of(words,
                                   [&](const QString& word) { return !whole.contains(word, Qt::CaseInsensitive); });
    });
    endResetModel();
}

void GesturesModel::setSearch(const QString& text) {
    search_ = text;
    refresh();
}

QString GesturesModel::idAt(const QModelIndex& index) const {
    return index.isValid() ? rows_[static_cast<std::size_t>(index.row())].id : QString();
}

QString GesturesModel::actionOf(const QString& id) const {
    const auto row = std::ranges::find(rows_, id, &GestureSource::Row::id);
    return row == rows_.end() ? QString() : row->action;
}

QModelIndex GesturesModel::indexOf(const QString& id) const {
    const auto row = std::ranges::find(rows_, id, &GestureSource::Row::id) - rows_.begin();
    return row < std::ssize(rows_) ? index(static_cast<int>(row), 0) : QModelIndex();
}

int GesturesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int GesturesModel::columnCount(const QModelIndex&) const { return kColumns; }

QVariant GesturesModel::data(const QModelIndex& index, int role) const {
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const bool isOwn = shortcutBook().ownGestures().contains(row.id);
    if (role == Qt::ForegroundRole && index.column() == kDoes && isOwn) return theme().accent.base;
    if (role == Qt::ForegroundRole && index.column() == kWhere) return theme().text.secondary;
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case kWhere:
        return row.where;
    case kGesture:
        return row.gesture;
    default:
        return doesOf(row);
    }
}

QVariant GesturesModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    static const QStringList names{tr("Where"), tr("Gesture"), tr("Does")};
    return names.at(section);
}

} // namespace continuo::ui
