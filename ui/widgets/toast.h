#pragma once

#include <QTimer>
#include <QWidget>

namespace continuo::ui {

/// Says for some seconds, at the foot of the window, what cannot be seen elsewhere: a file was saved, a device came
/// back.
class Toast : public QWidget {
    Q_OBJECT
public:
    /// `good`: a green tick, else an info sign.
    static void show(QWidget& window, const QString& sentence, bool good = true);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    explicit Toast(QWidget& window);
    void place();

    QString sentence_;
    bool good_ = true;
    QTimer out_;
};

} // namespace continuo::ui
