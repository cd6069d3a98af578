#pragma once

#include <QColor>
#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

namespace continuo::ui {

/// What lies over the plots and changes with the pointer; drawn apart, so that moving the pointer redraws no curve.
class PlotOverlay : public QWidget {
    Q_OBJECT

public:
    struct Value {
        QString name, text;
        QColor colour;
        QPointF at; // its place in the first area
    };
    struct Crosshair {
        double x = 0; // pixels
        QString title, side;
        std::vector<Value> values;
    };
    struct Flag {
        double x = 0;
        QString text;
        QColor colour;
    };
    struct Content {
        std::vector<QRectF> areas; // insides of the plots, the large one first
        std::vector<double> lines; // the crosshair's x in each area
        std::optional<Crosshair> crosshair;
        std::vector<Flag> flags;      // of the first area
        std::optional<double> future; // x where what is not trained yet begins, in the first area
    };

    explicit PlotOverlay(QWidget* parent);
    void showContent(Content content);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void drawFlag(QPainter& painter, const Flag& flag) const;
    void drawBox(QPainter& painter, const Crosshair& crosshair) const;

    Content content_;
};

} // namespace continuo::ui
