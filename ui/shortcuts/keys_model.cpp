#include "ui/shortcuts/keys_model.h"

#include "ui/theme/theme.h"

#include <algorithm>

namespace continuo::ui {

KeysModel::KeysModel(QStringList menuTitles, QObject* parent)
    : QAbstractTableModel(parent), menuTitles_(std::move(menuTitles)) {
    connect(&shortcutBook(), &ShortcutBook::changed, this, &KeysModel::refresh);
    refresh();
}

bool KeysModel::isFound(const Shortcut& command) const {
    const auto whole = (command.name + QLatin1Char(' ') + command.group + QLatin1Char(' ') + keyTexts(command.id));
    const auto words = search_.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::ranges::all_of(words, [&](const QString& word) { return whole.contains(word, Qt::CaseInsensitive); });
}

void KeysModel::refresh() {
    beginResetModel();
    rows_.clear();
    for (const auto& command : shortcuts())
        if (isFound(command)) rows_.push_back(command);
    clashes_ = findClashes(shortcuts(), shortcutBook().table().desktopKeys, menuTitles_);
    endResetModel();
}

void KeysModel::setSearch(const QString& text) {
    search_ = text;
    refresh();
}

QString KeysModel::idAt(const QModelIndex& index) const {
    return index.isValid() ? rows_[static_cast<std::size_t>(index.row())].id : QString();
}

QModelIndex KeysModel::indexOf(const QString& id) const {
    const auto row = std::ranges::find(rows_, id, &Shortcut::id) - rows_.begin();
    return row < std::ssize(rows_) ? index(static_cast<int>(row), 0) : QModelIndex();
}

QString KeysModel::clashOf(const QString& id) const {
    QStringList says;
    for (const auto& clash : clashes_)
        if (clash.commands.contains(id)) says << clash.says;
    return says.join(QStringLiteral(". "));
}

int KeysModel::clashCount() const {
    const auto counts = [](const Clash& clash) { return clash.kind != Clash::Kind::Desktop; };
    return static_cast<int>(std::ranges::count_if(clashes_, counts));
}

int KeysModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}
int KeysModel::columnCount(const QModelIndex&) const { return kColumns; }

QVariant KeysModel::data(const QModelIndex& index, int role) const {
    const auto& command = rows_[static_cast<std::size_t>(index.row())];
    if (role == kId) return command.id;
    if (role == kClash) return clashOf(command.id);
    if (role == Qt::ToolTipRole) return clashOf(command.id);
    if (role == Qt::ForegroundRole && index.column() == kKeys) {
        const bool clashes = !clashOf(command.id).isEmpty();
        if (clashes) return theme().status.warning;
        if (shortcutBook().hasOwnKeys(command.id)) return theme().accent.base;
    }
    if (role == Qt::ForegroundRole && index.column() == kGroup) return theme().text.secondary;
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
    case kCommand:
        return command.name;
    case kKeys:
        return keyTexts(command.id);
    default:
        return command.group;
    }
}

QVariant KeysModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    static const QStringList names{tr("Command"), tr("Keys"), tr("Group")};
    return names.at(section);
}

} // namespace continuo::ui
