#include "ui/theme/style_painting.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace continuo::ui::style_painting {

namespace {

bool is(const QStyleOption& option, QStyle::StateFlag flag) { return option.state & flag; }

/// A square of the token's 16 pixels, centred.
QRectF indicator(const QStyleOption& option) {
    const double side = theme().px(16);
    const QRectF rect = option.rect;
    return {rect.center().x() - side / 2, rect.center().y() - side / 2, side, side};
}

void drawTick(QPainter& painter, const QRectF& box, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.75 * theme().scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x, y) * box.width() / 16; };
    painter.drawPolyline(QPolygonF{at(4, 8.3), at(6.8, 11.1), at(12.2, 5.4)});
    painter.restore();
}

QColor inkOf(const QStyleOption& option) {
    return is(option, QStyle::State_Enabled) ? theme().text.primary : theme().text.disabled;
}

} // namespace

void checkBox(QPainter& painter, const QStyleOption& option) {
    const auto box = indicator(option);
    const double radius = theme().px(4);
    const bool half = is(option, QStyle::State_NoChange), on = is(option, QStyle::State_On);
    if (!on && !half) {
        fillRounded(painter, box, radius, theme().surface.field);
        return strokeRounded(painter, box, radius,
                             is(option, QStyle::State_Enabled) ? theme().line.control : theme().line.normal, 1.5);
    }
    fillRounded(painter, box, radius, is(option, QStyle::State_Enabled) ? theme().accent.base : theme().line.strong);
    if (on) return drawTick(painter, box, theme().accent.on);
    painter.fillRect(QRectF(box.left() + box.width() / 4, box.center().y() - 0.8, box.width() / 2, 1.6),
                     theme().accent.on);
}

void radio(QPainter& painter, const QStyleOption& option) {
    const auto box = indicator(option);
    const bool on = is(option, QStyle::State_On);
    const auto ring = !is(option, QStyle::State_Enabled) ? theme().line.normal
                      : on                               ? theme().accent.base
                                                         : theme().line.control;
    fillRounded(painter, box, box.width() / 2, theme().surface.field);
    strokeRounded(painter, box, box.width() / 2, ring, 1.5);
    const double inset = box.width() * 0.27;
    if (on) fillRounded(painter, box.adjusted(inset, inset, -inset, -inset), box.width() / 2, ring);
}

void focusRect(QPainter& painter, const QStyleOption& option) {
    strokeRounded(painter, QRectF(option.rect), theme().radius.control, theme().focus, theme().stroke.focus);
}

namespace {

constexpr double kIconColumn = 28; // inset 8, icon 16, gap 4

void drawShortcut(QPainter& painter, const QRectF& row, const QString& text) {
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(theme().text.secondary);
    painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, text);
}

} // namespace

void menuRow(QPainter& painter, const QStyleOptionMenuItem& item) {
    const QRectF row(item.rect);
    if (item.menuItemType == QStyleOptionMenuItem::Separator)
        return drawHorizontalHairline(painter, row.left() + theme().px(8), row.right() - theme().px(8),
                                      row.center().y(), theme().line.normal);
    const bool enabled = is(item, QStyle::State_Enabled);
    if (is(item, QStyle::State_Selected) && enabled) fillRounded(painter, row, theme().px(4), theme().surface.pressed);
    const double column = theme().px(kIconColumn);
    const QRectF glyph(row.left() + theme().px(8), row.top(), theme().iconSize.control, row.height());
    if (item.checkType != QStyleOptionMenuItem::NotCheckable && item.checked)
        drawIcon(painter, glyph, "accept", theme().iconSize.control, theme().accent.base);
    else if (!item.icon.isNull())
        item.icon.paint(&painter, glyph.toRect(), Qt::AlignCenter, enabled ? QIcon::Normal : QIcon::Disabled);
    const auto words = item.text.split('\t');
    const auto text = row.adjusted(column, 0, -theme().px(8), 0);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(inkOf(item));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextHideMnemonic, words[0]);
    if (words.size() > 1) drawShortcut(painter, text, words[1]);
    if (item.menuItemType == QStyleOptionMenuItem::SubMenu)
        drawIcon(painter, QRectF(text.right() - theme().px(14), row.top(), theme().px(14), row.height()),
                 "chevron-right", theme().iconSize.inlined, theme().text.secondary);
}

QSize menuRowSize(const QStyleOptionMenuItem& item, const QSize& contents) {
    if (item.menuItemType == QStyleOptionMenuItem::Separator) return {contents.width(), theme().px(11)};
    const auto words = item.text.split('\t');
    const double label = QFontMetricsF(textFont(TextSize::Body)).size(Qt::TextShowMnemonic, words[0]).width();
    const double keys =
        words.size() > 1 ? QFontMetricsF(textFont(TextSize::Caption)).horizontalAdvance(words[1]) + theme().px(32) : 0;
    const double arrow = item.menuItemType == QStyleOptionMenuItem::SubMenu ? theme().px(24) : 0;
    const double width = theme().px(kIconColumn) + label + std::max(keys, arrow) + theme().px(12);
    return {std::max(theme().px(150), static_cast<int>(width + 0.5)), theme().height.control};
}

void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& item) {
    const bool open = is(item, QStyle::State_Selected) || is(item, QStyle::State_Sunken);
    if (open) fillRounded(painter, QRectF(item.rect), theme().radius.control, theme().surface.raised);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(open ? theme().text.primary : theme().text.secondary);
    painter.drawText(item.rect, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, item.text);
}

void headerSection(QPainter& painter, const QStyleOptionHeader& header) {
    if (header.orientation != Qt::Horizontal) return;
    const QRectF rect(header.rect);
    const bool sorted = header.sortIndicator != QStyleOptionHeader::None;
    auto text = rect.adjusted(theme().px(8), 0, -theme().px(8), 0);
    painter.setFont(textFont(TextSize::Caption, Weight::Medium));
    painter.setPen(sorted ? theme().text.primary : theme().text.secondary);
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(header.text),
                 mark = theme().iconSize.inlined + 4;
    if (sorted && header.textAlignment & Qt::AlignRight) text.setRight(text.right() - mark);
    drawElided(painter, text, static_cast<int>(header.textAlignment) | Qt::AlignVCenter, header.text);
    if (!sorted) return;
    const double x = header.textAlignment & Qt::AlignRight ? text.right() + 4
                                                           : std::min(text.left() + width + 4, text.right() - mark);
    drawIcon(painter, QRectF(x, rect.top(), theme().iconSize.inlined, rect.height()),
             header.sortIndicator == QStyleOptionHeader::SortDown ? "chevron-down" : "chevron-up",
             theme().iconSize.inlined, theme().text.primary);
}

void comboBox(QPainter& painter, const QStyleOptionComboBox& combo, bool onFrame) {
    const QRectF box(combo.rect);
    const bool enabled = is(combo, QStyle::State_Enabled);
    fillRounded(painter, box, theme().radius.control,
                enabled && !onFrame ? theme().surface.field : theme().surface.panel);
    const auto edge = !enabled ? theme().line.weak
                      : is(combo, QStyle::State_HasFocus) && is(combo, QStyle::State_KeyboardFocusChange)
                          ? theme().focus
                      : is(combo, QStyle::State_MouseOver) ? theme().line.strong
                                                           : theme().line.normal;
    strokeRounded(painter, box, theme().radius.control, edge);
    const double side = theme().px(22);
    drawIcon(painter, QRectF(box.right() - side, box.top(), side, box.height()), "chevron-down",
             theme().iconSize.inlined, enabled ? theme().text.secondary : theme().text.disabled);
}

void comboLabel(QPainter& painter, const QStyleOptionComboBox& combo) {
    if (combo.editable) return;
    QRectF text = QRectF(combo.rect).adjusted(theme().px(8), 0, -theme().px(22), 0);
    if (!combo.currentIcon.isNull()) {
        combo.currentIcon.paint(&painter, QRectF(text.left(), text.top(), theme().px(16), text.height()).toRect());
        text.setLeft(text.left() + theme().px(22));
    }
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(inkOf(combo));
    drawElided(painter, text, Qt::AlignLeft | Qt::AlignVCenter, combo.currentText);
}

void scrollBar(QPainter& painter, const QStyleOptionSlider& bar, const QRect& handle) {
    if (bar.minimum >= bar.maximum) return;
    const bool hot = is(bar, QStyle::State_MouseOver) || is(bar, QStyle::State_Sunken);
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const double thick = theme().px(hot ? 6 : 4);
    const QRectF rect(handle);
    const QRectF thumb = horizontal ? QRectF(rect.left() + 2, rect.center().y() - thick / 2, rect.width() - 4, thick)
                                    : QRectF(rect.center().x() - thick / 2, rect.top() + 2, thick, rect.height() - 4);
    fillRounded(painter, thumb, thick / 2, hot ? theme().line.control : theme().line.strong);
}

QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part) {
    const bool horizontal = bar.orientation == Qt::Horizontal;
    const int length = horizontal ? bar.rect.width() : bar.rect.height();
    if (part == QStyle::SC_ScrollBarGroove) return bar.rect;
    if (part == QStyle::SC_ScrollBarAddLine || part == QStyle::SC_ScrollBarSubLine) return {};
    const int range = bar.maximum - bar.minimum;
    const double share =
        range > 0 ? static_cast<double>(bar.pageStep) / (static_cast<double>(range) + bar.pageStep) : 1;
    const int thumb = std::clamp(static_cast<int>(length * share), std::min(theme().px(28), length), length);
    const int start =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - thumb, bar.upsideDown);
    const auto span = [&](int from, int size) {
        const auto rect = horizontal ? QRect(bar.rect.left() + from, bar.rect.top(), size, bar.rect.height())
                                     : QRect(bar.rect.left(), bar.rect.top() + from, bar.rect.width(), size);
        return QStyle::visualRect(bar.direction, bar.rect, rect);
    };
    if (part == QStyle::SC_ScrollBarSlider) return span(start, thumb);
    if (part == QStyle::SC_ScrollBarSubPage) return span(0, start);
    if (part == QStyle::SC_ScrollBarAddPage) return span(start + thumb, length - start - thumb);
    return {};
}

} // namespace continuo::ui::style_painting
