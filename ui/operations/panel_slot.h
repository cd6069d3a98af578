#pragma once

#include "ui/operations/operation_table.h"

#include <QObject>
#include <QPointer>
#include <functional>

class QWidget;

namespace continuo::ui {

class OperationPanel;

/// The one panel that a desk has open at a time over its host: shown with the keyboard in it, asked again whenever its
/// values change or Compare is let go, gone with the keyboard back at the host.
class PanelSlot : public QObject {
    Q_OBJECT

public:
    struct Replies {
        std::function<void()> show;   // what the values as they are would do
        std::function<void()> hide;   // the piece as it was, while Compare is held
        std::function<void()> apply;  // Enter
        std::function<void()> cancel; // Esc
    };

    explicit PanelSlot(QWidget& host) : host_(host) {}

    void open(const Operation& operation, const OperationValues& values, Replies replies);
    /// Asks for what is shown, where a panel is open; what that changes does not ask again.
    void show();
    /// False where none is open.
    bool close();
    OperationPanel* panel() const { return panel_; }

private:
    QWidget& host_;
    QPointer<OperationPanel> panel_;
    Replies replies_;
    bool showing_ = false;
};

} // namespace continuo::ui
