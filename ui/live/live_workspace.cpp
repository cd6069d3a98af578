#include "ui/live/live_workspace.h"
#include "ui/live/live_panel.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>

namespace continuo::ui {

namespace {

constexpr int kSmallBelow = 1500, kLarge = 286, kSmall = 226;

} // namespace

LiveWorkspace::LiveWorkspace(LiveDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(&desk.panel());
    line->addWidget(&desk.centre(), 1);
}

void LiveWorkspace::resizeEvent(QResizeEvent*) {
    desk_.panel().setFixedWidth(theme().px(width() < theme().px(kSmallBelow) ? kSmall : kLarge));
}

void LiveWorkspace::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    desk_.setActive(true);
}

void LiveWorkspace::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    desk_.setActive(false);
}

} // namespace continuo::ui
