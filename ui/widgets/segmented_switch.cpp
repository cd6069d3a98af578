#include "ui/widgets/segmented_switch.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

SegmentedSwitch::SegmentedSwitch(std::vector<Item> items, const QString& name, QWidget* parent)
    : QWidget(parent), items_(std::move(items)), enabled_(items_.size(), true) {
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void SegmentedSwitch::setCurrent(int index) {
    if (index == current_ || index < 0 || index >= static_cast<int>(items_.size())) return;
    current_ = index;
    update();
    Q_EMIT currentChanged(index);
}

void SegmentedSwitch::setItemEnabled(int index, bool enabled, const QString& whyNot) {
    enabled_[static_cast<std::size_t>(index)] = enabled;
    items_[static_cast<std::size_t>(index)].help = whyNot;
    update();
}

void SegmentedSwitch::setLook(Look look) {
    look_ = look;
    updateGeometry();
    update();
}

void SegmentedSwitch::setColumns(int columns) {
    columns_ = columns;
    setStretched(true);
}

void SegmentedSwitch::setStretched(bool stretched) {
    stretched_ = stretched;
    setSizePolicy(stretched ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    updateGeometry();
}

int SegmentedSwitch::padding() const { return theme().px(look_ == Look::Workspace ? 3 : 2); }
int SegmentedSwitch::segmentHeight() const {
    return theme().px(look_ == Look::Workspace ? 38 : columns_ > 0 ? 26 : 22);
}

double SegmentedSwitch::contentWidth(const Item& item) const {
    const double words = QFontMetricsF(textFont(TextSize::Body, Weight::Medium)).horizontalAdvance(item.text);
    return words + (item.icon.isEmpty() ? 0 : theme().iconSize.inlined + (item.text.isEmpty() ? 0 : theme().px(5)));
}

QSize SegmentedSwitch::sizeHint() const {
    const int inset = theme().px(look_ == Look::Workspace ? 14 : 9);
    double width = 0;
    for (const auto& item : items_) width += std::ceil(contentWidth(item)) + 2 * inset;
    const int rows = columns_ > 0 ? (static_cast<int>(items_.size()) + columns_ - 1) / columns_ : 1;
    if (columns_ > 0) width = 0;
    for (const auto& item : items_)
        if (columns_ > 0) width = std::max(width, columns_ * (std::ceil(contentWidth(item)) + theme().px(8)));
    return {static_cast<int>(width) + 2 * padding() + static_cast<int>(items_.size()) - 1,
            rows * segmentHeight() + 2 * padding()};
}

/// Stretched segments are equally wide: each needs what the widest does.
QSize SegmentedSwitch::minimumSizeHint() const {
    if (!stretched_) return sizeHint();
    double widest = 0;
    for (const auto& item : items_) widest = std::max(widest, std::ceil(contentWidth(item)));
    const int columns = columns_ > 0 ? columns_ : static_cast<int>(items_.size());
    return {columns * (static_cast<int>(widest) + 2 * theme().px(4)) + 2 * padding(), sizeHint().height()};
}

QRectF SegmentedSwitch::segment(int index) const {
    const double pad = padding(), height_ = segmentHeight();
    if (stretched_) {
        const int columns = columns_ > 0 ? columns_ : static_cast<int>(items_.size());
        const double width_ = (width() - 2 * pad) / columns;
        return {pad + (index % columns) * width_, pad + (index / columns) * height_, width_, height_};
    }
    const int inset = theme().px(look_ == Look::Workspace ? 14 : 9);
    double x = pad;
    for (int i = 0; i < index; ++i) x += std::ceil(contentWidth(items_[static_cast<std::size_t>(i)])) + 2 * inset + 1;
    return {x, pad, std::ceil(contentWidth(items_[static_cast<std::size_t>(index)])) + 2 * inset, height_};
}

void SegmentedSwitch::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const bool onFrame = look_ == Look::Workspace;
    fillRounded(painter, QRectF(rect()), t.radius.panel, onFrame ? t.surface.panel : t.surface.field);
    strokeRounded(painter, QRectF(rect()), t.radius.panel, onFrame ? t.panelEdge : t.line.weak);
    for (int i = 0; i < static_cast<int>(items_.size()); ++i) {
        const auto& item = items_[static_cast<std::size_t>(i)];
        const auto box = segment(i);
        const bool on = i == current_, usable = isEnabled() && enabled_[static_cast<std::size_t>(i)];
        const bool violet = on && look_ == Look::Model;
        if (on)
            fillRounded(painter, box, t.px(onFrame ? 5 : 4), violet ? t.model.soft : t.surface.pressed);
        else if (i == hovered_ && usable)
            fillRounded(painter, box, t.px(onFrame ? 5 : 4), t.surface.hover);
        const auto ink = !usable               ? t.text.disabled
                         : violet              ? t.model.base
                         : on || i == hovered_ ? t.text.primary
                                               : t.text.secondary;
        const double icons = item.icon.isEmpty() ? 0 : t.iconSize.inlined + (item.text.isEmpty() ? 0 : t.px(5));
        painter.setFont(textFont(TextSize::Body, on ? Weight::Medium : Weight::Regular));
        const double words = QFontMetricsF(painter.font()).horizontalAdvance(item.text);
        const double x = box.left() + (box.width() - icons - words) / 2;
        if (icons > 0)
            drawIcon(painter, QRectF(x, box.top(), t.iconSize.inlined, box.height()), item.icon, t.iconSize.inlined,
                     ink);
        painter.setPen(ink);
        painter.drawText(QRectF(x + icons, box.top(), words + 2, box.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         item.text);
    }
    if (showsFocus(this)) strokeRounded(painter, QRectF(rect()), t.radius.panel, t.focus, t.stroke.focus);
}

int SegmentedSwitch::indexAt(const QPointF& at) const {
    for (int i = 0; i < static_cast<int>(items_.size()); ++i)
        if (segment(i).contains(at)) return i;
    return -1;
}

void SegmentedSwitch::mousePressEvent(QMouseEvent* event) {
    const int index = indexAt(event->position());
    if (event->button() == Qt::LeftButton && index >= 0 && enabled_[static_cast<std::size_t>(index)]) setCurrent(index);
}

void SegmentedSwitch::mouseMoveEvent(QMouseEvent* event) {
    const int before = std::exchange(hovered_, indexAt(event->position()));
    if (before != hovered_) update();
}

void SegmentedSwitch::leaveEvent(QEvent*) {
    hovered_ = -1;
    update();
}

void SegmentedSwitch::step(int by) {
    for (int i = current_ + by; i >= 0 && i < static_cast<int>(items_.size()); i += by)
        if (enabled_[static_cast<std::size_t>(i)]) return setCurrent(i);
}

void SegmentedSwitch::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        return step(-1);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return step(1);
    default:
        QWidget::keyPressEvent(event);
    }
}

bool SegmentedSwitch::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int index = indexAt(help->pos());
    if (index >= 0) QToolTip::showText(help->globalPos(), items_[static_cast<std::size_t>(index)].help, this);
    return true;
}

} // namespace continuo::ui
