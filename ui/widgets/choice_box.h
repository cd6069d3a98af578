#pragma once

#include <QComboBox>

namespace continuo::ui {

/// A choice from a list, painted by StudioStyle. The wheel changes it only while it has the keyboard.
class ChoiceBox : public QComboBox {
    Q_OBJECT
public:
    explicit ChoiceBox(const QString& name, QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
};

} // namespace continuo::ui
