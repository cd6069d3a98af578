#pragma once

#include "ui/widgets/painted_button.h"

namespace continuo::ui {

/// An on/off switch of 32 by 18, with its words at the left of it where given.
class SwitchButton : public PaintedButton {
    Q_OBJECT
public:
    explicit SwitchButton(const QString& text, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace continuo::ui
