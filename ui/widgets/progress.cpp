#include "ui/widgets/progress.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace continuo::ui {

HonestProgress::HonestProgress(const QString& name, QWidget* parent) : QWidget(parent) {
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HonestProgress::setTexts(const QString& title, const QString& right) {
    title_ = title;
    right_ = right;
    setAccessibleDescription(title + ", " + right);
    update();
}

void HonestProgress::setCaption(const QString& caption) {
    caption_ = caption;
    updateGeometry();
    update();
}

void HonestProgress::setPart(double part) {
    part_ = std::clamp(part, 0.0, 1.0);
    estimating_ = false;
    update();
}

void HonestProgress::setEstimating() {
    estimating_ = true;
    update();
}

void HonestProgress::setInk(Ink ink) {
    ink_ = ink;
    update();
}

QSize HonestProgress::sizeHint() const {
    return {theme().px(160), lineHeight(TextSize::Body) + theme().px(12) +
                                 (caption_.isEmpty() ? 0 : lineHeight(TextSize::Caption) + theme().px(6))};
}

void HonestProgress::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const QRectF line(0, 0, width(), lineHeight(TextSize::Body));
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(t.text.primary);
    drawElided(painter, line.adjusted(0, 0, -figuresWidth(painter.font(), right_) - 8, 0),
               Qt::AlignLeft | Qt::AlignVCenter, title_);
    painter.setPen(t.text.secondary);
    drawFigures(painter, line, Qt::AlignRight, right_);
    const double thick = t.px(6);
    const QRectF bar(0, line.bottom() + t.px(6), width(), thick);
    const auto ink = ink_ == Ink::Net ? t.model.base : ink_ == Ink::Done ? t.status.success : t.text.secondary;
    fillRounded(painter, bar, thick / 2, t.line.normal);
    if (estimating_) {
        QPainterPath round;
        round.addRoundedRect(bar, thick / 2, thick / 2);
        painter.save();
        painter.setClipPath(round);
        drawHatch(painter, bar, ink);
        painter.restore();
    } else if (part_ > 0) {
        fillRounded(painter, QRectF(bar.left(), bar.top(), std::max(thick, bar.width() * part_), thick), thick / 2,
                    ink);
    }
    if (caption_.isEmpty()) return;
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(t.text.secondary);
    drawElided(painter, QRectF(0, bar.bottom() + t.px(6), width(), lineHeight(TextSize::Caption)),
               Qt::AlignLeft | Qt::AlignVCenter, caption_);
}

} // namespace continuo::ui
