#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <vector>

namespace continuo::ui {

/// One row of resources/shortcuts.json: what a key of the window does. Keys of the roll are RollCommands'.
struct Shortcut {
    QString id;   // "play"
    QString name; // "Play or stop", as menus and the table of shortcuts say it
    QList<QKeySequence> keys;
};

const std::vector<Shortcut>& shortcuts();
/// An id that the table lacks is our mistake (asserted).
const Shortcut& shortcut(const QString& id);
/// "Ctrl Shift S": the first key as the studio writes it; empty where it has none.
QString keyText(const QString& id);
QString keyText(const QKeySequence& keys);

} // namespace continuo::ui
