#pragma once

#include <QElapsedTimer>
#include <QWidget>
#include <functional>
#include <vector>

namespace continuo::ui {

/// A part of what can be done: "On a note", "Tools".
struct KeyCard {
    struct Row {
        QString keys; // "Ctrl drag"
        QString does;
    };
    QString title;
    std::vector<Row> rows;
};

/// The commands that have keys, a card for each group, of the contexts named.
std::vector<KeyCard> keyCards(const QStringList& contexts);

/// What can be done at a place, over the window for as long as the key of help is held; tapped, until Esc or that key.
class KeyOverlay : public QWidget {
    Q_OBJECT

public:
    /// `cardsAt`: what there is to show for a place of the window.
    KeyOverlay(QWidget& window, std::function<std::vector<KeyCard>(QPoint at)> cardsAt);

    const std::vector<KeyCard>& cards() const { return cards_; }
    /// Stays until Esc or another call.
    void toggle();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    struct Placed {
        const KeyCard* card;
        QPointF at;
    };
    void open();
    bool isOfWindow(const QObject* object) const;
    std::vector<Placed> placed(const QRectF& area, double& width) const;
    void paintCard(QPainter& painter, const Placed& placed) const;

    std::function<std::vector<KeyCard>(QPoint)> cardsAt_;
    std::vector<KeyCard> cards_;
    QElapsedTimer since_;
    bool isHeld_ = false;
};

} // namespace continuo::ui
