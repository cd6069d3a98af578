#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QRectF>
#include <QString>

class QPainter;

namespace continuo::ui {

/// One of the 90 drawings in resources/icons, `size` device-independent pixels wide, in one colour, cached by name,
/// size, colour and dpr. An unknown name is our mistake (asserted).
QPixmap icon(const QString& name, int size, const QColor& colour, double dpr);

/// The same, centred in `rect` on whole device pixels.
void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, int size, const QColor& colour);

/// For menus and actions: secondary text colour, disabled text colour where disabled.
QIcon menuIcon(const QString& name);

bool hasIcon(const QString& name);

} // namespace continuo::ui
