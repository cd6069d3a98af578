#pragma once

#include <QWidget>

class QLineEdit;

namespace continuo::ui {

/// A value over its caption in the transport display: 120.00 over bpm. Click (menu cells) or double-click and type
/// (others) changes it, the wheel and the arrow keys step it.
class DisplayCell : public QWidget {
    Q_OBJECT
public:
    enum class Look { Value, Counter }; // Counter: large, the caption behind it
    enum class Entry { Typed, Menu };

    DisplayCell(const QString& name, Look look, Entry entry, QWidget* parent = nullptr);

    void setContent(const QString& value, const QString& caption);
    /// Room for values of this width, so that the bar stands still while they change.
    void setWidest(const QString& value, const QString& caption);
    const QString& value() const { return value_; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void typed(const QString& text);
    void stepped(int steps);
    /// A menu belongs at this place on the screen.
    void menuRequested(const QPoint& below);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void open(const QString& text);
    void commit();

    Look look_;
    Entry entry_;
    QString value_, caption_, widestValue_, widestCaption_;
    QLineEdit* editor_;
};

} // namespace continuo::ui
