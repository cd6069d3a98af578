#include "ui/training/plot_overlay.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace continuo::ui {

PlotOverlay::PlotOverlay(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
}

void PlotOverlay::showContent(Content content) {
    content_ = std::move(content);
    update();
}

void PlotOverlay::paintEvent(QPaintEvent*) {
    if (content_.areas.empty()) return;
    QPainter painter(this);
    const auto& area = content_.areas.front();
    if (content_.future && *content_.future < area.right())
        drawHatch(painter, QRectF(QPointF(std::max(*content_.future, area.left()), area.top()), area.bottomRight()),
                  theme().line.normal);
    for (const auto& flag : content_.flags)
        if (flag.x >= area.left() && flag.x <= area.right()) drawFlag(painter, flag);
    if (!content_.crosshair) return;
    for (std::size_t i = 0; i < content_.areas.size() && i < content_.lines.size(); ++i)
        drawVerticalHairline(painter, content_.lines[i], content_.areas[i].top(), content_.areas[i].bottom(),
                             withOpacity(theme().text.primary, i == 0 ? 0.6 : 0.35));
    drawBox(painter, *content_.crosshair);
}

void PlotOverlay::drawFlag(QPainter& painter, const Flag& flag) const {
    const auto& area = content_.areas.front();
    drawVerticalHairline(painter, flag.x, area.top(), area.bottom(), withOpacity(flag.colour, 0.35));
    QPainterPath cloth(QPointF(flag.x, area.top() + 4));
    for (const auto& [dx, dy] : {std::pair{8.0, 4.0}, {5.5, 8.0}, {8.0, 12.0}, {0.0, 12.0}})
        cloth.lineTo(flag.x + dx, area.top() + dy);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(cloth, flag.colour);
    painter.setPen(flag.colour);
    painter.setFont(textFont(TextSize::Caption));
    const bool leftwards = flag.x + 80 > area.right();
    const QRectF room(leftwards ? flag.x - 106 : flag.x + 12, area.top() + 1, 100, lineHeight(TextSize::Caption));
    painter.drawText(room, (leftwards ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, flag.text);
}

void PlotOverlay::drawBox(QPainter& painter, const Crosshair& crosshair) const {
    const auto& area = content_.areas.front();
    const auto caption = textFont(TextSize::Caption);
    double names = 0, texts = 0;
    for (const auto& value : crosshair.values) {
        names = std::max(names, QFontMetricsF(caption).horizontalAdvance(value.name));
        texts = std::max(texts, figuresWidth(caption, value.text));
    }
    const double width =
        std::max({158.0, names + texts + 60, figuresWidth(caption, crosshair.title + crosshair.side) + 50});
    const double height = 24 + 17.0 * static_cast<double>(crosshair.values.size());
    const bool atLeft = crosshair.x + 14 + width > area.right();
    const QRectF box(atLeft ? crosshair.x - 14 - width : crosshair.x + 14, area.top() + 20, width, height);

    painter.setRenderHint(QPainter::Antialiasing);
    for (const auto& value : crosshair.values) {
        painter.setPen(QPen(theme().plot.background, 1.5));
        painter.setBrush(value.colour);
        if (area.contains(value.at)) painter.drawEllipse(value.at, 3, 3);
    }
    fillRounded(painter, box, theme().radius.control, theme().surface.popover);
    strokeRounded(painter, box, theme().radius.control, theme().line.normal);
    const QRectF inside = box.adjusted(10, 4, -10, -4);
    const QRectF head(inside.left(), inside.top(), inside.width(), 17);
    painter.setFont(textFont(TextSize::Caption, Weight::Semibold));
    painter.setPen(theme().text.primary);
    drawFigures(painter, head, Qt::AlignLeft | Qt::AlignVCenter, crosshair.title);
    painter.setFont(caption);
    painter.setPen(theme().text.secondary);
    drawFigures(painter, head, Qt::AlignRight | Qt::AlignVCenter, crosshair.side);
    double y = head.bottom();
    for (const auto& value : crosshair.values) {
        const QRectF row(inside.left(), y, inside.width(), 17);
        painter.fillRect(QRectF(row.left(), row.center().y() - 1, 10, 2), value.colour);
        painter.setPen(theme().text.secondary);
        painter.drawText(row.adjusted(16, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, value.name);
        painter.setPen(theme().text.primary);
        drawFigures(painter, row, Qt::AlignRight | Qt::AlignVCenter, value.text);
        y += 17;
    }
}

} // namespace continuo::ui
