#pragma once

#include "ui/widgets/push_button.h"

#include <QKeySequence>

namespace continuo::ui {

/// A button that waits for a key after it was pressed: the next one, with its modifiers, is told; Esc gives up.
class KeyCapture : public PushButton {
    Q_OBJECT

public:
    explicit KeyCapture(const QString& text, QWidget* parent = nullptr);

    bool isWaiting() const { return waiting_; }
    void wait();

Q_SIGNALS:
    void captured(const QKeySequence& key);

protected:
    bool event(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void stop();

    QString text_;
    bool waiting_ = false;
};

} // namespace continuo::ui
