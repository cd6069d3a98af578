#pragma once

#include "ui/shortcuts/clashes.h"
#include "ui/shortcuts/shortcuts.h"

#include <QAbstractTableModel>

namespace continuo::ui {

/// The commands with their present keys, those that a search finds.
class KeysModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kCommand, kKeys, kGroup, kColumns };
    enum Role { kId = Qt::UserRole, kClash };

    explicit KeysModel(QStringList menuTitles, QObject* parent = nullptr);

    /// Words of the name or the group, or a key as the studio writes it.
    void setSearch(const QString& text);
    QString idAt(const QModelIndex& index) const;
    QModelIndex indexOf(const QString& id) const;
    /// What is wrong with the keys of a command; empty where nothing is.
    QString clashOf(const QString& id) const;
    /// Those that keep a command from being reached; keys that only some desktops take are not counted.
    int clashCount() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    bool isFound(const Shortcut& command) const;

    QStringList menuTitles_;
    QString search_;
    std::vector<Shortcut> rows_;
    std::vector<Clash> clashes_;
};

} // namespace continuo::ui
