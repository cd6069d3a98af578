#pragma once

#include <QWidget>
#include <vector>

namespace continuo::ui {

/// One of few, all in view. Arrow keys move; `columns` folds it into rows.
class SegmentedSwitch : public QWidget {
    Q_OBJECT
public:
    struct Item {
        QString text;
        QString icon; // may be empty
        QString help; // tooltip; may be empty
    };
    enum class Look { Hand, Model, Workspace }; // Workspace: 36 px segments on the frame

    SegmentedSwitch(std::vector<Item> items, const QString& name, QWidget* parent = nullptr);

    int current() const { return current_; }
    /// Emits currentChanged where it does change.
    void setCurrent(int index);
    void setItemEnabled(int index, bool enabled, const QString& whyNot = {});
    void setLook(Look look);
    void setColumns(int columns);
    /// Segments share the whole width instead of hugging their words.
    void setStretched(bool stretched);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    int padding() const;
    int segmentHeight() const;
    double contentWidth(const Item& item) const;
    QRectF segment(int index) const;
    int indexAt(const QPointF& at) const;
    void step(int by);

    std::vector<Item> items_;
    std::vector<bool> enabled_;
    Look look_ = Look::Hand;
    int current_ = 0, hovered_ = -1, columns_ = 0;
    bool stretched_ = false;
};

} // namespace continuo::ui
