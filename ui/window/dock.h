#pragma once

#include <QDockWidget>

class QMenu;

namespace continuo::ui {

class PanelFrame;

/// A panel that can be moved to another side, laid over another as a tab, floated to another screen or hidden. The
/// title row of the panel is what it is dragged by; a double click floats it; its context menu does all of that without
/// a drag.
class Dock : public QDockWidget {
    Q_OBJECT

public:
    /// `id` names it in remembered arrangements. The panel becomes the dock's.
    Dock(const QString& id, PanelFrame& panel, QWidget* parent);

    /// Float or put back, move to each side, lay over another panel as a tab, hide: for a context menu or a menu of the
    /// window.
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    /// The user moved, floated, showed or hid it through its menu.
    void arranged();

private:
    void moveTo(Qt::DockWidgetArea area);
    void fillTabMenu(QMenu& menu);
};

} // namespace continuo::ui
