#pragma once

#include "ui/shortcuts/shortcuts.h"

#include <QMenuBar>
#include <functional>

namespace continuo::ui {

/// The menus, built from the one table of shortcuts: an entry is an id of that table and what it does. Menus hold only
/// what works. Keys of the roll are read by the roll; actions of it show them without taking them.
class StudioMenuBar : public QMenuBar {
    Q_OBJECT

public:
    explicit StudioMenuBar(QWidget* parent = nullptr);

    QMenu* addStudioMenu(const QString& title);
    /// The key works in the whole window, where the table says so; those of the roll are shown only.
    QAction* add(QMenu* menu, const QString& shortcutId, std::function<void()> act);
    /// The same for entries that are on or off.
    QAction* addToggle(QMenu* menu, const QString& shortcutId, bool on, std::function<void(bool)> act);

    /// The name of the piece in the middle of the bar, and behind it what became of it ("saved", "edited").
    void showDocument(const QString& name, const QString& state);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QAction* make(QMenu* menu, const QString& shortcutId);

    QString name_, state_;
};

} // namespace continuo::ui
