#include "ui/window/workspace.h"

#include "ui/theme/theme.h"
#include "ui/widgets/panel_frame.h"
#include "ui/window/dock.h"

#include <QMenu>
#include <QMouseEvent>

namespace continuo::ui {

Workspace::Workspace(const QString& name, QWidget* parent) : QMainWindow(parent) {
    setWindowFlags(Qt::Widget);
    setAccessibleName(name);
    // Floating docks stay single: Qt's groups of them outlive what restoreState() lays out, and it reads them then.
    setDockOptions(AllowTabbedDocks | AllowNestedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    // The sides reach down to the foot: what lies below the centre is as wide as the centre.
    setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void Workspace::setCentre(QWidget& centre) { setCentralWidget(&centre); }

Dock& Workspace::addPanel(const QString& id, PanelFrame& panel, Place place) {
    auto* dock = new Dock(id, panel, this);
    addDockWidget(place.area, dock);
    docks_.push_back(dock);
    places_.push_back(place);
    connect(dock, &Dock::arranged, this, [this] { arranged_ = true; });
    connect(dock->toggleViewAction(), &QAction::triggered, this, [this] { arranged_ = true; });
    connect(dock, &QDockWidget::topLevelChanged, this, [this] { arranged_ = arranged_ || isVisible(); });
    return *dock;
}

void Workspace::toggle(const QString& id) {
    for (auto* dock : docks_) {
        if (dock->objectName() != id) continue;
        const bool isInFront = dock->isVisible() && !dock->visibleRegion().isEmpty();
        dock->setVisible(!isInFront);
        if (!isInFront) dock->raise();
        arranged_ = true;
    }
}

void Workspace::arrangeAsDesigned(bool small) {
    for (std::size_t i = 0; i < docks_.size(); ++i) {
        docks_[i]->setFloating(false);
        addDockWidget(places_[i].area, docks_[i]);
        docks_[i]->setVisible(!places_[i].hidden);
    }
    for (std::size_t i = 0; i < docks_.size(); ++i) {
        const bool upright = places_[i].area == Qt::TopDockWidgetArea || places_[i].area == Qt::BottomDockWidgetArea;
        const int size = theme().px(small ? places_[i].smallSize : places_[i].size);
        resizeDocks({docks_[i]}, {size}, upright ? Qt::Vertical : Qt::Horizontal);
    }
}

void Workspace::arrange(bool small, const QByteArray& remembered) {
    const bool restored = !remembered.isEmpty() && restoreState(remembered, kVersion);
    if (!restored) arrangeAsDesigned(small);
    arranged_ = restored;
}

void Workspace::fillMenu(QMenu& menu) {
    for (auto* dock : docks_) menu.addAction(dock->toggleViewAction());
    menu.addSeparator();
    for (auto* dock : docks_) dock->fillMenu(*menu.addMenu(dock->windowTitle()));
}

bool Workspace::event(QEvent* event) {
    const bool taken = QMainWindow::event(event);
    // Separators between docks are no widgets: the main window itself takes the drag.
    if (event->type() == QEvent::MouseMove && taken && (static_cast<QMouseEvent*>(event)->buttons() & Qt::LeftButton))
        arranged_ = true;
    return taken;
}

void Workspace::showEvent(QShowEvent* event) {
    for (auto* dock : std::exchange(away_, {})) dock->show();
    QMainWindow::showEvent(event);
}

void Workspace::hideEvent(QHideEvent* event) {
    for (auto* dock : docks_)
        if (dock->isFloating() && dock->isVisible()) {
            away_.push_back(dock);
            dock->hide();
        }
    QMainWindow::hideEvent(event);
}

} // namespace continuo::ui
