#pragma once

#include <QWidget>

class QLineEdit;

namespace continuo::ui {

/// A number in a box: drag up and down, wheel, arrow keys, or type (Enter or double-click opens it; a digit starts
/// anew). Text that is no number in the range turns the edge red and says the range; Esc puts back what was.
class NumberField : public QWidget {
    Q_OBJECT
public:
    NumberField(const QString& label, double minimum, double maximum, double step, int decimals,
                QWidget* parent = nullptr);

    double value() const { return value_; }
    /// Emits nothing.
    void setValue(double value);
    /// Behind the value: "bars", "min".
    void setUnit(const QString& unit);
    /// Whether the label is drawn inside the box; it is always the accessible name.
    void setLabelShown(bool shown);
    bool isOpen() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By the user: once at the end of a drag, at each wheel or key step, at the end of typing.
    void valueEdited(double value);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void openEditor(const QString& text);
    void commitTyped();
    void closeEditor();
    void changeBy(double steps);
    double clamped(double value) const;
    QString shownValue() const;

    QString label_, unit_;
    double minimum_, maximum_, step_, value_;
    int decimals_;
    bool labelShown_ = true, dragging_ = false;
    double pressY_ = 0, pressValue_ = 0;
    QLineEdit* editor_;
};

} // namespace continuo::ui
