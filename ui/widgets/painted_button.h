#pragma once

#include <QAbstractButton>

namespace continuo::ui {

/// What every button of ours does: it repaints under the pointer, Enter presses it, and while the keyboard has brought
/// the focus to it, Space does, too, before it plays the piece.
class PaintedButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit PaintedButton(QWidget* parent = nullptr) : QAbstractButton(parent) {}

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
};

} // namespace continuo::ui
