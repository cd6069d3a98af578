#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>
#include <map>

namespace continuo::ui {

/// The keys at the left of the roll: name on each C, sounding keys in the colour of who plays, a click sounds.
class Keyboard : public QWidget {
    Q_OBJECT

public:
    explicit Keyboard(RollState& state, QWidget* parent = nullptr);

    /// Keys that sound, with the colour of who plays them.
    const std::map<int, QColor>& lit() const { return lit_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void findSoundingKeys();
    void sound(QPointF at);
    void selectPitch(int pitch, bool extends);
    void paintWhite(QPainter& painter, int pitch);
    void paintBlack(QPainter& painter, int pitch);
    void paintName(QPainter& painter, int pitch);
    QColor litColour(int pitch) const;

    RollState& state_;
    std::map<int, QColor> lit_;
    std::optional<int> pressed_;
    int lastSelected_ = 60;
};

} // namespace continuo::ui
