#include "ui/widgets/slider.h"

#include "engine/base/text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

double knobRadius() { return theme().px(5); }

} // namespace

Slider::Slider(const QString& name, double minimum, double maximum, double step, QWidget* parent)
    : QWidget(parent), minimum_(minimum), maximum_(maximum), step_(step), value_(minimum), default_(minimum) {
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void Slider::setValue(double value) {
    value = std::clamp(minimum_ + std::round((value - minimum_) / step_) * step_, minimum_, maximum_);
    if (std::abs(value - value_) < step_ / 1000) return;
    value_ = value;
    update();
    Q_EMIT valueChanged(value_);
}

QSize Slider::sizeHint() const { return {theme().px(120), theme().height.hitTarget}; }
QSize Slider::minimumSizeHint() const { return {theme().px(40), theme().height.hitTarget}; }

void Slider::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double r = knobRadius(), left = r + 2, right = width() - r - 2, y = height() / 2.0;
    const double x = left + (right - left) * (value_ - minimum_) / (maximum_ - minimum_);
    const bool hot = isEnabled() && (underMouse() || hasFocus());
    fillRounded(painter, {left, y - 1, right - left, 2}, 1, isEnabled() ? t.line.strong : t.line.normal);
    fillRounded(painter, {left, y - 1, x - left, 2}, 1,
                !isEnabled() ? t.line.strong
                : hot        ? t.text.primary
                             : t.text.secondary);
    fillRounded(painter, {x - r - 2, y - r - 2, 2 * r + 4, 2 * r + 4}, r + 2, t.surface.panel);
    if (hot)
        strokeRounded(painter, {x - r - 4, y - r - 4, 2 * r + 8, 2 * r + 8}, r + 4,
                      showsFocus(this) ? t.focus : t.line.strong, 2);
    fillRounded(painter, {x - r, y - r, 2 * r, 2 * r}, r, isEnabled() ? t.text.primary : t.text.disabled);
}

void Slider::dragTo(double x) {
    const double r = knobRadius() + 2;
    setValue(minimum_ + (maximum_ - minimum_) * (x - r) / std::max(1.0, width() - 2 * r));
}

void Slider::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) dragTo(event->position().x());
}

void Slider::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() & Qt::LeftButton) dragTo(event->position().x());
}

void Slider::mouseDoubleClickEvent(QMouseEvent*) { setValue(default_); }

void Slider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore(); // a panel that scrolls must not change values on its way
    setValue(value_ + step_ * (event->angleDelta().y() > 0 ? 1 : -1));
    event->accept();
}

void Slider::keyPressEvent(QKeyEvent* event) {
    const double by = event->modifiers() & Qt::ShiftModifier ? step_ : std::max(step_, (maximum_ - minimum_) / 20);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Down:
        return setValue(value_ - by);
    case Qt::Key_Right:
    case Qt::Key_Up:
        return setValue(value_ + by);
    case Qt::Key_Home:
        return setValue(minimum_);
    case Qt::Key_End:
        return setValue(maximum_);
    default:
        QWidget::keyPressEvent(event);
    }
}

void Slider::enterEvent(QEnterEvent*) { update(); }
void Slider::leaveEvent(QEvent*) { update(); }

SliderRow::SliderRow(const QString& label, double minimum, double maximum, double step, int decimals, QWidget* parent)
    : QWidget(parent), label_(label), decimals_(decimals), slider_(new Slider(label, minimum, maximum, step, this)) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(slider_, &Slider::valueChanged, this, [this](double value) {
        update();
        Q_EMIT valueChanged(value);
    });
}

void SliderRow::setLabelWidth(int tokenWidth) {
    labelWidth_ = tokenWidth;
    layOut();
}

int SliderRow::valueWidth() const { return theme().px(38); }
QSize SliderRow::sizeHint() const { return {theme().px(labelWidth_ + 120), theme().height.control}; }

void SliderRow::layOut() {
    const int label = theme().px(labelWidth_), height_ = theme().height.hitTarget;
    slider_->setGeometry(label, (height() - height_) / 2, std::max(20, width() - label - valueWidth()), height_);
    update();
}

void SliderRow::resizeEvent(QResizeEvent*) { layOut(); }

void SliderRow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) layOut();
    QWidget::changeEvent(event);
}

void SliderRow::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(isEnabled() ? theme().text.secondary : theme().text.disabled);
    painter.drawText(QRectF(0, 0, theme().px(labelWidth_), height()), Qt::AlignLeft | Qt::AlignVCenter, label_);
    painter.setPen(isEnabled() ? theme().text.primary : theme().text.disabled);
    drawFigures(painter, rect(), Qt::AlignRight | Qt::AlignVCenter,
                QString::fromStdString(base::formatFixed(slider_->value(), decimals_)));
}

} // namespace continuo::ui
