#pragma once

#include "ui/generate/take.h"

#include <QWidget>
#include <vector>

namespace continuo::ui {

/// Takes as rows: letter, miniature, what it is. A click chooses one.
class TakeList : public QWidget {
    Q_OBJECT

public:
    explicit TakeList(QWidget* parent = nullptr);

    /// `lettered`: A, B, C … for takes side by side; plain titles for earlier ones.
    void setTakes(const std::vector<Take>& takes, bool lettered);
    void setChosen(int index);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

Q_SIGNALS:
    void takeClicked(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    int rowAt(double y) const;
    void drawRow(QPainter& painter, const QRectF& row, std::size_t index) const;

    std::vector<Take> takes_;
    bool lettered_ = false;
    int chosen_ = -1, hovered_ = -1;
};

} // namespace continuo::ui
