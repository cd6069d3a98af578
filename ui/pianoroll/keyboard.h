#pragma once

#include "ui/pianoroll/roll_state.h"

#include <QWidget>
#include <map>

class QLineEdit;
class QMenu;

namespace continuo::ui {

/// The keys at the left of the roll: name on each C, sounding keys in the colour of who plays, a click sounds. Folded,
/// one flat key a row; of a drum kit, the names of its pieces, which can be dragged into another order.
class Keyboard : public QWidget {
    Q_OBJECT

public:
    explicit Keyboard(RollState& state, QWidget* parent = nullptr);

    /// Keys that the piece sounds, with the colour of who plays them.
    const std::map<int, QColor>& lit() const { return lit_; }
    /// The colour of a key that sounds, from the piece or from hands; invalid where it is silent.
    QColor colourOf(int pitch) const;
    /// The pitch that a hand played last, whose name stays.
    std::optional<int> lastPlayed() const { return lastPlayed_; }
    /// What a right click on a key offers; owned by `parent`.
    QMenu* makeMenu(int pitch, QWidget* parent);
    /// Opens a field over the row of a piece; Enter takes its new name.
    void startRenaming(int pitch);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum class Drag { None, Sound, Zoom, Order };

    void findSoundingKeys();
    void takeHeldKeys();
    void sound(QPointF at);
    void silence();
    void selectPitch(int pitch, bool extends);
    void showHint(QPointF at);
    void fillDrumMenu(QMenu& menu, int pitch);
    void paintWhite(QPainter& painter, int pitch);
    void paintBlack(QPainter& painter, int pitch);
    void paintFlat(QPainter& painter, int row);
    void paintPiece(QPainter& painter, int row);
    void paintChokes(QPainter& painter);
    void paintScale(QPainter& painter);
    void paintName(QPainter& painter, int pitch);
    QRectF rowBox(int row) const;

    RollState& state_;
    std::map<int, QColor> lit_;
    std::optional<int> pressed_;
    std::optional<int> auditioned_;
    std::optional<int> lastPlayed_;
    Drag drag_ = Drag::None;
    QPointF press_;
    RollGeometry geometryAtPress_;
    std::optional<int> dropRow_; // where a dragged piece would go
    int lastSelected_ = 60;
    QLineEdit* rename_ = nullptr;
};

} // namespace continuo::ui
