#pragma once

#include "ui/operations/operation_table.h"

#include <QWidget>

class QVBoxLayout;

namespace continuo::ui {

class Label;
class PushButton;

/// The settings of one operation, floating over the roll while its result is seen and heard. Enter applies, Esc puts
/// back; pressing Compare lets the piece be as it was for as long as it is held.
class OperationPanel : public QWidget {
    Q_OBJECT

public:
    /// Floats in the upper right corner of `host`.
    OperationPanel(const Operation& operation, const OperationValues& values, QWidget& host);

    const Operation& operation() const { return operation_; }
    const OperationValues& values() const { return values_; }
    /// What carrying it out would do, in words; whether it would do anything.
    void showOutcome(const QString& text, bool changesSomething);

Q_SIGNALS:
    void valuesChanged();
    void compared(bool before);
    void applied();
    void cancelled();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void build();
    QWidget* control(std::size_t index);
    void set(std::size_t index, double value);
    void place();

    const Operation& operation_;
    OperationValues values_;
    Label* outcome_ = nullptr;
    PushButton* apply_ = nullptr;
};

} // namespace continuo::ui
