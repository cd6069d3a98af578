#include "ui/window/dock.h"

#include "ui/widgets/panel_frame.h"

#include <QMainWindow>
#include <QMenu>
#include <utility>

namespace continuo::ui {

Dock::Dock(const QString& id, PanelFrame& panel, QWidget* parent) : QDockWidget(panel.accessibleName(), parent) {
    setObjectName(id);
    setWidget(&panel);
    auto* title = panel.takeTitle();
    Q_ASSERT(title);
    setTitleBarWidget(title);
    title->setContextMenuPolicy(Qt::CustomContextMenu);
    title->setToolTip(tr("Drag to move the panel, double-click to float it, right-click for more"));
    connect(title, &QWidget::customContextMenuRequested, this, [this, title](const QPoint& at) {
        QMenu menu(this);
        fillMenu(menu);
        menu.exec(title->mapToGlobal(at));
    });
}

void Dock::moveTo(Qt::DockWidgetArea area) {
    auto* workspace = qobject_cast<QMainWindow*>(parentWidget());
    setFloating(false);
    if (workspace) workspace->addDockWidget(area, this);
    show();
    Q_EMIT arranged();
}

void Dock::fillTabMenu(QMenu& menu) {
    auto* workspace = qobject_cast<QMainWindow*>(parentWidget());
    for (auto* other : workspace ? workspace->findChildren<Dock*>() : QList<Dock*>()) {
        if (other == this) continue;
        menu.addAction(other->windowTitle(), this, [this, workspace, other] {
            setFloating(false);
            other->show();
            show();
            workspace->tabifyDockWidget(other, this);
            raise();
            Q_EMIT arranged();
        });
    }
    menu.setEnabled(!menu.isEmpty());
}

void Dock::fillMenu(QMenu& menu) {
    menu.addAction(isFloating() ? tr("Put back") : tr("Float"), this, [this] {
        show();
        setFloating(!isFloating());
        Q_EMIT arranged();
    });
    const std::pair<QString, Qt::DockWidgetArea> sides[]{{tr("Move to the left"), Qt::LeftDockWidgetArea},
                                                         {tr("Move to the right"), Qt::RightDockWidgetArea},
                                                         {tr("Move to the top"), Qt::TopDockWidgetArea},
                                                         {tr("Move to the bottom"), Qt::BottomDockWidgetArea}};
    for (const auto& [name, area] : sides) menu.addAction(name, this, [this, area = area] { moveTo(area); });
    fillTabMenu(*menu.addMenu(tr("Lay over")));
    menu.addSeparator();
    menu.addAction(isVisible() ? tr("Hide") : tr("Show"), this, [this] {
        setVisible(!isVisible());
        Q_EMIT arranged();
    });
}

} // namespace continuo::ui
