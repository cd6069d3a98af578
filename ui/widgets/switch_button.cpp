#include "ui/widgets/switch_button.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QFontMetrics>
#include <QPainter>

namespace continuo::ui {

SwitchButton::SwitchButton(const QString& text, QWidget* parent) : PaintedButton(parent) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::MinimumExpanding, QSizePolicy::Fixed);
}

QSize SwitchButton::sizeHint() const {
    const int words = QFontMetrics(textFont(TextSize::Body)).horizontalAdvance(text());
    return {words + theme().px(words > 0 ? 44 : 32), theme().height.control};
}

void SwitchButton::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double w = t.px(32), h = t.px(18), knob = t.px(12), inset = t.px(3);
    const QRectF body(width() - w, (height() - h) / 2.0, w, h);
    const bool on = isChecked();
    fillRounded(painter, body, h / 2, on ? t.accent.soft : t.surface.field);
    strokeRounded(painter, body, h / 2, !isEnabled() ? t.line.normal : on ? t.accent.line : t.line.control);
    const double x = on ? body.right() - inset - knob : body.left() + inset;
    fillRounded(painter, QRectF(x, body.top() + inset, knob, knob), knob / 2,
                !isEnabled() ? t.text.disabled
                : on         ? t.accent.base
                             : t.text.secondary);
    if (showsFocus(this)) strokeRounded(painter, body, h / 2, t.focus, t.stroke.focus);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(isEnabled() ? t.text.secondary : t.text.disabled);
    painter.drawText(rect().adjusted(0, 0, -t.px(40), 0), Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace continuo::ui
