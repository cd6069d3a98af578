#include "ui/widgets/push_button.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/focus.h"

#include <QFontMetricsF>
#include <QPainter>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr double kGap = 6;

bool isFilled(ButtonKind kind) { return kind == ButtonKind::Primary || kind == ButtonKind::Model; }

} // namespace

PushButton::PushButton(const QString& text, ButtonKind kind, QWidget* parent) : PaintedButton(parent), kind_(kind) {
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void PushButton::setKind(ButtonKind kind) {
    kind_ = kind;
    updateGeometry();
    update();
}

void PushButton::setSize(ButtonSize size) {
    size_ = size;
    updateGeometry();
    update();
}

void PushButton::setIconName(const QString& name) {
    iconName_ = name;
    updateGeometry();
    update();
}

void PushButton::setShortcutText(const QString& text) {
    shortcut_ = text;
    updateGeometry();
    update();
}

QFont PushButton::labelFont() const {
    const auto weight = isFilled(kind_) ? Weight::Semibold : Weight::Medium;
    if (size_ == ButtonSize::Small) return textFont(TextSize::Caption, weight);
    return textFont(size_ == ButtonSize::Normal ? TextSize::Body : TextSize::Title, weight);
}

int PushButton::iconPixels() const {
    const auto& sizes = theme().iconSize;
    return size_ == ButtonSize::Main ? sizes.tool : size_ == ButtonSize::Large ? sizes.control : sizes.inlined;
}

QSize PushButton::sizeHint() const {
    const auto& h = theme().height;
    const std::array heights{h.controlSmall, h.control, h.controlLarge, h.primaryAction};
    const std::array insets{8, 10, 16, 16};
    const auto at = static_cast<std::size_t>(size_);
    double width = QFontMetricsF(labelFont()).horizontalAdvance(text()) + 2 * theme().px(insets[at]);
    if (!iconName_.isEmpty()) width += iconPixels() + (text().isEmpty() ? 0 : theme().px(kGap));
    if (!shortcut_.isEmpty())
        width += QFontMetricsF(textFont(TextSize::Caption)).horizontalAdvance(shortcut_) + 2 * theme().px(kGap);
    return {static_cast<int>(std::ceil(width)), heights[at]};
}

QSize PushButton::minimumSizeHint() const { return sizeHint(); }

PushButton::Look PushButton::look() const {
    const auto& t = theme();
    const bool hot = underMouse() && isEnabled(), down = isDown();
    if (!isEnabled()) return {isFilled(kind_) ? t.surface.raised : QColor(), t.text.disabled, t.line.weak};
    switch (kind_) {
    case ButtonKind::Primary:
        return {down  ? mix(t.primary.fill, t.surface.panel, 0.12)
                : hot ? t.primary.hover
                      : t.primary.fill,
                t.primary.on,
                {}};
    case ButtonKind::Model:
        return {down  ? mix(t.model.strong, t.surface.frame, 0.15)
                : hot ? t.model.strongHover
                      : t.model.strong,
                t.model.on,
                {}};
    case ButtonKind::ModelQuiet:
        return {hot || down ? t.model.softHover : t.model.soft, t.model.base, t.model.line};
    case ButtonKind::Hand:
        return {hot || down ? t.accent.softHover : t.accent.soft, t.accent.base, {}};
    case ButtonKind::Danger:
        return {hot || down ? mix(t.status.errorSoft, t.status.error, 0.15) : t.status.errorSoft, t.status.error, {}};
    case ButtonKind::Plain:
        return {down  ? t.surface.pressed
                : hot ? t.surface.hover
                      : QColor(),
                hot ? t.text.primary : t.text.secondary,
                {}};
    case ButtonKind::Normal:
        break;
    }
    return {down || isChecked() ? t.surface.pressed
            : hot               ? t.surface.hover
                                : t.surface.raised,
            t.text.primary, t.line.normal};
}

void PushButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto drawn = look();
    const QRectF box(rect());
    const double radius = theme().radius.control;
    if (drawn.fill.isValid()) fillRounded(painter, box, radius, drawn.fill);
    if (drawn.edge.isValid()) strokeRounded(painter, box, radius, drawn.edge);
    if (showsFocus(this))
        strokeRounded(painter, box, radius, isFilled(kind_) ? theme().text.primary : theme().focus,
                      theme().stroke.focus);
    drawContents(painter, drawn.ink);
}

void PushButton::drawContents(QPainter& painter, const QColor& ink) const {
    const auto words = labelFont(), keys = textFont(TextSize::Caption);
    const double gap = theme().px(kGap), icons = iconName_.isEmpty() ? 0 : iconPixels() + (text().isEmpty() ? 0 : gap);
    const double textWidth = QFontMetricsF(words).horizontalAdvance(text());
    const double keyWidth = shortcut_.isEmpty() ? 0 : QFontMetricsF(keys).horizontalAdvance(shortcut_) + 2 * gap;
    double x = (width() - icons - textWidth - keyWidth) / 2;
    if (!iconName_.isEmpty()) drawIcon(painter, QRectF(x, 0, iconPixels(), height()), iconName_, iconPixels(), ink);
    x += icons;
    painter.setPen(ink);
    painter.setFont(words);
    painter.drawText(QRectF(x, 0, textWidth + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    if (shortcut_.isEmpty()) return;
    painter.setFont(keys);
    painter.setPen(withOpacity(ink, isEnabled() ? 0.75 : 1));
    painter.drawText(QRectF(x + textWidth + 2 * gap, 0, keyWidth, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     shortcut_);
}

} // namespace continuo::ui
