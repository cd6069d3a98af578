#include "ui/widgets/icon_button.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/widgets/focus.h"

#include <QFontMetricsF>
#include <QPainter>
#include <cmath>

namespace continuo::ui {

QString helpText(const QString& help, const QString& shortcut) {
    return shortcut.isEmpty() ? help : QString("%1  (%2)").arg(help, shortcut);
}

IconButton::IconButton(const QString& icon, const QString& help, const QString& shortcut, QWidget* parent)
    : PaintedButton(parent), icon_(icon) {
    setHelp(help, shortcut);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void IconButton::setHelp(const QString& help, const QString& shortcut) {
    setAccessibleName(help);
    setToolTip(helpText(help, shortcut));
}

void IconButton::setSide(int tokenSide, int tokenIcon) {
    side_ = tokenSide;
    iconSide_ = tokenIcon;
    updateGeometry();
}

void IconButton::setIconName(const QString& icon) {
    icon_ = icon;
    update();
}

void IconButton::setLabel(const QString& label) {
    label_ = label;
    updateGeometry();
    update();
}

QSize IconButton::sizeHint() const {
    const int side = theme().px(side_);
    if (label_.isEmpty()) return {side, side};
    const double words = QFontMetricsF(textFont(TextSize::Body, Weight::Medium)).horizontalAdvance(label_);
    return {static_cast<int>(std::ceil(words)) + theme().px(iconSide_ + 22), side};
}

QColor IconButton::fill() const {
    const auto& t = theme();
    if (!isEnabled()) return {};
    if (isChecked()) switch (checkedLook_) {
        case CheckedLook::Tool:
            return t.accent.soft;
        case CheckedLook::Switch:
            return t.surface.pressed;
        case CheckedLook::Fill:
            return underMouse() ? t.primary.hover : t.primary.fill;
        case CheckedLook::Model:
            return t.model.soft;
        case CheckedLook::Record:
            return t.status.errorSoft;
        }
    if (isDown()) return t.surface.pressed;
    return underMouse() ? t.surface.hover : QColor();
}

QColor IconButton::currentInk() const {
    const auto& t = theme();
    if (!isEnabled()) return t.text.disabled;
    if (isChecked()) switch (checkedLook_) {
        case CheckedLook::Tool:
            return t.accent.base;
        case CheckedLook::Switch:
            return t.text.primary;
        case CheckedLook::Fill:
            return t.primary.on;
        case CheckedLook::Model:
            return t.model.base;
        case CheckedLook::Record:
            return t.status.record;
        }
    if (ink_) return ink_(t);
    return underMouse() ? t.text.primary : t.text.secondary;
}

void IconButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF box(rect());
    if (const auto colour = fill(); colour.isValid()) fillRounded(painter, box, theme().radius.control, colour);
    if (showsFocus(this)) strokeRounded(painter, box, theme().radius.control, theme().focus, theme().stroke.focus);
    const int iconSide = theme().px(iconSide_);
    if (label_.isEmpty()) return drawIcon(painter, box, icon_, iconSide, currentInk());
    const double inset = theme().px(8);
    drawIcon(painter, QRectF(inset, 0, iconSide, height()), icon_, iconSide, currentInk());
    painter.setFont(textFont(TextSize::Body, isChecked() ? Weight::Medium : Weight::Regular));
    painter.setPen(currentInk());
    painter.drawText(box.adjusted(inset + iconSide + theme().px(6), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, label_);
}

} // namespace continuo::ui
