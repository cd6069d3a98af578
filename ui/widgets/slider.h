#pragma once

#include <QWidget>

namespace continuo::ui {

/// A rail with a knob over a range of real numbers. Drag, wheel, arrow keys (Shift: a tenth), Home, End; double-click
/// returns to the default.
class Slider : public QWidget {
    Q_OBJECT
public:
    Slider(const QString& name, double minimum, double maximum, double step, QWidget* parent = nullptr);

    double value() const { return value_; }
    void setValue(double value);
    void setDefault(double value) { default_ = value; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valueChanged(double value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void dragTo(double x);

    double minimum_, maximum_, step_, value_, default_;
};

/// Label, slider and value in one row: "Temperature ---o-- 0.95".
class SliderRow : public QWidget {
    Q_OBJECT
public:
    SliderRow(const QString& label, double minimum, double maximum, double step, int decimals,
              QWidget* parent = nullptr);

    double value() const { return slider_->value(); }
    void setValue(double value) { slider_->setValue(value); }
    void setDefault(double value) { slider_->setDefault(value); }
    void setLabelWidth(int tokenWidth);
    QSize sizeHint() const override;

Q_SIGNALS:
    void valueChanged(double value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    int valueWidth() const;
    void layOut();

    QString label_;
    int decimals_, labelWidth_ = 88;
    Slider* slider_;
};

} // namespace continuo::ui
