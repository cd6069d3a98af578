#pragma once

#include <QStyle>
#include <QStyleOption>

class QPainter;

/// What StudioStyle draws, one function a part.
namespace continuo::ui::style_painting {

void checkBox(QPainter& painter, const QStyleOption& option);
void radio(QPainter& painter, const QStyleOption& option);
void focusRect(QPainter& painter, const QStyleOption& option);

void menuRow(QPainter& painter, const QStyleOptionMenuItem& item);
QSize menuRowSize(const QStyleOptionMenuItem& item, const QSize& contents);
void menuBarItem(QPainter& painter, const QStyleOptionMenuItem& item);

void headerSection(QPainter& painter, const QStyleOptionHeader& header);

/// `onFrame`: it lies on the dark frame of the window instead of a panel.
void comboBox(QPainter& painter, const QStyleOptionComboBox& combo, bool onFrame);
void comboLabel(QPainter& painter, const QStyleOptionComboBox& combo);

void scrollBar(QPainter& painter, const QStyleOptionSlider& bar, const QRect& handle);
QRect scrollBarPart(const QStyleOptionSlider& bar, QStyle::SubControl part);

} // namespace continuo::ui::style_painting
