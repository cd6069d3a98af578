#include "ui/widgets/panel_frame.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QChildEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <utility>

namespace continuo::ui {

namespace {

/// Lies over one corner of a panel and paints what is outside the rounding in the colour of the frame.
class CornerMask : public QWidget {
public:
    CornerMask(int corner, QWidget* parent) : QWidget(parent), corner_(corner) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const double side = width();
        painter.translate(side / 2, side / 2);
        painter.rotate(90.0 * corner_);
        painter.translate(-side / 2, -side / 2);
        QPainterPath outside;
        outside.moveTo(0, 0);
        outside.lineTo(side, 0);
        outside.arcTo(QRectF(0, 0, 2 * side, 2 * side), 90, 90);
        outside.closeSubpath();
        painter.fillPath(outside, theme().surface.frame);
        if (theme().panelEdge == theme().surface.panel) return;
        painter.setPen(QPen(theme().panelEdge, 1));
        painter.drawArc(QRectF(0.5, 0.5, 2 * side - 1, 2 * side - 1), 90 * 16, 90 * 16);
    }

private:
    int corner_; // 0 top left, clockwise
};

void paintIsland(QPainter& painter, const QRect& rect) {
    fillRounded(painter, rect, theme().radius.panel, theme().surface.panel);
    if (theme().panelEdge != theme().surface.panel)
        strokeRounded(painter, rect, theme().radius.panel, theme().panelEdge);
}

} // namespace

PanelTitle::PanelTitle(const QString& title, QWidget* parent) : QWidget(parent), title_(title) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->addStretch(1);
    applyMetrics();
}

void PanelTitle::applyMetrics() {
    layout()->setContentsMargins(theme().px(12), 0, theme().px(6), 0);
    layout()->setSpacing(theme().px(4));
}

void PanelTitle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) applyMetrics();
    QWidget::changeEvent(event);
}

void PanelTitle::setTitle(const QString& title) {
    title_ = title;
    update();
}

void PanelTitle::setIconName(const QString& icon, bool violet) {
    icon_ = icon;
    violet_ = violet;
    update();
}

void PanelTitle::add(QWidget* control) { static_cast<QHBoxLayout*>(layout())->addWidget(control); }

void PanelTitle::setCap(bool cap) {
    cap_ = cap;
    update();
}

QSize PanelTitle::sizeHint() const { return {layout()->sizeHint().width(), theme().height.panelHeader}; }

void PanelTitle::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    if (cap_) paintCap(painter);
    double x = t.px(12);
    if (!icon_.isEmpty()) {
        drawIcon(painter, QRectF(x, 0, t.iconSize.control, height()), icon_, t.iconSize.control,
                 violet_ ? t.model.base : t.text.secondary);
        x += t.iconSize.control + t.px(6);
    }
    painter.setFont(textFont(TextSize::Body, Weight::Semibold));
    painter.setPen(t.text.primary);
    painter.drawText(QRectF(x, 0, width() - x, height()), Qt::AlignLeft | Qt::AlignVCenter, title_);
}

void PanelTitle::paintCap(QPainter& painter) const {
    painter.fillRect(rect(), theme().surface.frame);
    paintIsland(painter, QRect(0, 0, width(), height() + theme().radius.panel));
}

PanelFrame::PanelFrame(const QString& name, QWidget* parent) : QWidget(parent), column_(new QVBoxLayout(this)) {
    setAccessibleName(name);
    column_->setSpacing(0);
    keepEdgeFree();
    for (int i = 0; i < 4; ++i) corners_[static_cast<std::size_t>(i)] = new CornerMask(i, this);
}

PanelTitle* PanelFrame::addTitle(const QString& title) {
    title_ = new PanelTitle(title, this);
    column_->addWidget(title_);
    return title_;
}

PanelTitle* PanelFrame::takeTitle() {
    if (!title_) return nullptr;
    column_->removeWidget(title_);
    title_->setCap(true);
    capped_ = true;
    keepEdgeFree();
    placeCorners();
    return std::exchange(title_, nullptr);
}

void PanelFrame::add(QWidget* content, int stretch) { column_->addWidget(content, stretch); }

void PanelFrame::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.frame);
    paintIsland(painter, rect().adjusted(0, capped_ ? -theme().radius.panel : 0, 0, 0));
}

void PanelFrame::placeCorners() {
    const int side = theme().radius.panel, right = width() - side, bottom = height() - side;
    const std::array places{QPoint(0, 0), QPoint(right, 0), QPoint(right, bottom), QPoint(0, bottom)};
    for (std::size_t i = 0; i < places.size(); ++i) {
        corners_[i]->setGeometry(QRect(places[i], QSize(side, side)));
        corners_[i]->setVisible(i > 1 || !capped_);
        corners_[i]->raise();
    }
}

void PanelFrame::keepEdgeFree() {
    const int edge = theme().panelEdge == theme().surface.panel ? 0 : 1; // what fills the panel must not cover its line
    column_->setContentsMargins(edge, capped_ ? 0 : edge, edge, edge);
}

void PanelFrame::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) keepEdgeFree();
    QWidget::changeEvent(event);
}

void PanelFrame::resizeEvent(QResizeEvent*) { placeCorners(); }

void PanelFrame::childEvent(QChildEvent* event) {
    QWidget::childEvent(event);
    if (event->added() && corners_[3] && event->child()->isWidgetType()) placeCorners();
}

Rule::Rule(QWidget* parent) : QWidget(parent) { setFixedHeight(1); }

void Rule::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawHorizontalHairline(painter, 0, width(), 0, theme().line.weak);
}

} // namespace continuo::ui
