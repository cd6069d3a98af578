#include "ui/operations/panel_slot.h"

#include "ui/operations/operation_panel.h"

namespace continuo::ui {

void PanelSlot::open(const Operation& operation, const OperationValues& values, Replies replies) {
    close();
    replies_ = std::move(replies);
    panel_ = new OperationPanel(operation, values, host_);
    connect(panel_, &OperationPanel::valuesChanged, this, &PanelSlot::show);
    connect(panel_, &OperationPanel::applied, this, [this] { replies_.apply(); });
    connect(panel_, &OperationPanel::cancelled, this, [this] { replies_.cancel(); });
    connect(panel_, &OperationPanel::compared, this, [this](bool before) { before ? replies_.hide() : show(); });
    panel_->show();
    panel_->raise();
    panel_->setFocus();
    show();
}

void PanelSlot::show() {
    if (!panel_ || showing_) return;
    showing_ = true;
    replies_.show();
    showing_ = false;
}

bool PanelSlot::close() {
    if (!panel_) return false;
    auto* closing = panel_.data();
    panel_.clear();
    closing->hide();
    closing->deleteLater();
    host_.setFocus();
    return true;
}

} // namespace continuo::ui
