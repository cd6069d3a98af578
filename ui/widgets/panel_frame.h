#pragma once

#include <QWidget>
#include <array>

class QVBoxLayout;

namespace continuo::ui {

/// The row at the top of a panel: icon where given, title, and at the right what the panel offers.
class PanelTitle : public QWidget {
    Q_OBJECT
public:
    explicit PanelTitle(const QString& title, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// `violet`: the icon of a panel of the net.
    void setIconName(const QString& icon, bool violet = false);
    /// From left to right, behind the stretch.
    void add(QWidget* control);
    /// The title stands above its panel, in the bar of a dock, and paints the upper end of the island itself.
    void setCap(bool cap);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();

    void paintCap(QPainter& painter) const;

    QString title_, icon_;
    bool violet_ = false;
    bool cap_ = false;
};

/// An island: a rounded surface on the darker frame, with a title where it has one and a column of content. Content
/// that paints to its edges keeps round corners.
class PanelFrame : public QWidget {
    Q_OBJECT
public:
    explicit PanelFrame(const QString& name, QWidget* parent = nullptr);

    /// Adds the 34 px title row.
    PanelTitle* addTitle(const QString& title);
    /// The title row for the bar of a dock; from now on the island begins there. Null where the panel has none.
    PanelTitle* takeTitle();
    /// Adds a widget under what is there. `stretch` as in a box layout.
    void add(QWidget* content, int stretch = 0);
    QVBoxLayout* column() const { return column_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void childEvent(QChildEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void placeCorners();
    void keepEdgeFree();

    std::array<QWidget*, 4> corners_{}; // before the column: childEvent reads them while that is made
    QVBoxLayout* column_;
    PanelTitle* title_ = nullptr;
    bool capped_ = false;
};

/// A hairline between parts of a panel.
class Rule : public QWidget {
    Q_OBJECT
public:
    explicit Rule(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace continuo::ui
