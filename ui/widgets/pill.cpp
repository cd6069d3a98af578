#include "ui/widgets/pill.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

std::pair<QColor, QColor> coloursOf(PillKind kind) {
    const auto& t = theme();
    switch (kind) {
    case PillKind::Net:
        return {t.model.soft, t.model.base};
    case PillKind::Hand:
        return {t.accent.soft, t.accent.base};
    case PillKind::Good:
        return {t.status.successSoft, t.status.success};
    case PillKind::Bad:
        return {t.status.errorSoft, t.status.error};
    case PillKind::Warn:
        return {t.status.warningSoft, t.status.warning};
    case PillKind::Plain:
        break;
    }
    return {t.surface.raised, t.text.secondary};
}

double captionWidth(const QString& text) {
    return text.isEmpty() ? 0 : figuresWidth(textFont(TextSize::Caption), text);
}

constexpr double kChipInset = 7, kChipGap = 6, kChipBar = 56;

} // namespace

Pill::Pill(const QString& text, PillKind kind, QWidget* parent) : QWidget(parent), text_(text), kind_(kind) {
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Pill::setText(const QString& text) {
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Pill::setKind(PillKind kind) {
    kind_ = kind;
    update();
}

QSize Pill::sizeHint() const {
    return {static_cast<int>(std::ceil(captionWidth(text_))) + 2 * theme().px(7), theme().px(18)};
}

void Pill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto [ground, ink] = coloursOf(kind_);
    fillRounded(painter, rect(), height() / 2.0, ground);
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(ink);
    drawFigures(painter, rect(), Qt::AlignHCenter, text_);
}

double keyCapWidth(const QString& key) {
    return std::ceil(QFontMetricsF(textFont(TextSize::Micro)).horizontalAdvance(key)) + theme().px(10);
}

double drawKeyCap(QPainter& painter, double left, double middle, const QString& key) {
    const double width = keyCapWidth(key), height = theme().px(16);
    const QRectF box(left, std::round(middle - height / 2), width, height);
    strokeRounded(painter, box, theme().px(3), theme().line.strong);
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(theme().text.secondary);
    painter.drawText(box, Qt::AlignCenter, key);
    return width;
}

KeyCap::KeyCap(const QString& key, QWidget* parent) : QWidget(parent), key_(key) {
    setAccessibleName(key);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyCap::sizeHint() const { return {static_cast<int>(keyCapWidth(key_)), theme().px(16)}; }

void KeyCap::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawKeyCap(painter, 0, height() / 2.0, key_);
}

Chip::Chip(const QString& name, QWidget* parent) : PaintedButton(parent) {
    setAccessibleName(name);
    setToolTip(name);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setVisible(false);
}

void Chip::setContent(const QString& icon, const QString& strong, const QString& rest, Tone tone) {
    if (icon == icon_ && strong == strong_ && rest == rest_ && tone == tone_) return;
    icon_ = icon;
    strong_ = strong;
    rest_ = rest;
    tone_ = tone;
    setAccessibleDescription(strong + " " + rest);
    setVisible(!strong.isEmpty() || !rest.isEmpty());
    updateGeometry();
    update();
}

void Chip::setPart(double part) {
    if (part == part_) return;
    part_ = part;
    updateGeometry();
    update();
}

QSize Chip::sizeHint() const {
    double width = 0;
    const auto add = [&](double more) { width += more > 0 ? more + (width > 0 ? theme().px(kChipGap) : 0) : 0; };
    add(icon_.isEmpty() ? 0 : theme().iconSize.inlined);
    add(captionWidth(strong_));
    add(part_ < 0 ? 0 : theme().px(kChipBar));
    add(captionWidth(rest_));
    return {static_cast<int>(std::ceil(width)) + 2 * theme().px(kChipInset), theme().px(20)};
}

void Chip::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const bool filled = tone_ == Tone::NetFilled;
    const QColor ground = filled ? t.model.soft : underMouse() ? t.surface.raised : QColor();
    if (ground.isValid()) fillRounded(painter, rect(), t.radius.control, ground);
    if (showsFocus(this)) strokeRounded(painter, rect(), t.radius.control, t.focus, t.stroke.focus);
    const QColor ink = tone_ == Tone::Plain ? t.text.secondary : tone_ == Tone::Warn ? t.status.warning : t.model.base;
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(ink);
    double x = t.px(kChipInset);
    if (!icon_.isEmpty()) {
        drawIcon(painter, QRectF(x, 0, t.iconSize.inlined, height()), icon_, t.iconSize.inlined, ink);
        x += t.iconSize.inlined + t.px(kChipGap);
    }
    drawFigures(painter, QRectF(x, 0, width(), height()), Qt::AlignLeft, strong_);
    x += strong_.isEmpty() ? 0 : captionWidth(strong_) + t.px(kChipGap);
    if (part_ >= 0) {
        const double bar = t.px(kChipBar), y = height() / 2.0 - 2;
        fillRounded(painter, QRectF(x, y, bar, 4), 2, filled ? t.model.softHover : t.line.normal);
        fillRounded(painter, QRectF(x, y, bar * std::min(part_, 1.0), 4), 2, t.model.base);
        x += bar + t.px(kChipGap);
    }
    if (!filled && tone_ != Tone::Warn) painter.setPen(t.text.secondary);
    drawFigures(painter, QRectF(x, 0, width(), height()), Qt::AlignLeft, rest_);
}

} // namespace continuo::ui
