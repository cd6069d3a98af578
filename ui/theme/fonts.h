#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;

namespace continuo::ui {

/// The nine sizes of the tokens: 10 11 12 13 15 20 22 30 52.
enum class TextSize { Micro, Caption, Body, Title, Value, Heading, Counter, Display, Stage };
enum class Weight { Regular = 400, Medium = 500, Semibold = 600 };

QFont textFont(TextSize size, Weight weight = Weight::Regular);
/// Commands and logs.
QFont monoFont(TextSize size = TextSize::Body);
/// The line height of the tokens, in pixels.
int lineHeight(TextSize size);

/// Draws a number that changes: every digit gets the width of "0", so that nothing dances (Qt 6.4 cannot ask a font for
/// tabular figures). Uses the painter's font and pen. `alignment` as in QPainter::drawText, one line.
void drawFigures(QPainter& painter, const QRectF& rect, int alignment, const QString& text);
double figuresWidth(const QFont& font, const QString& text);

/// One line, cut with an ellipsis where it does not fit. Never for numbers.
void drawElided(QPainter& painter, const QRectF& rect, int alignment, const QString& text);

} // namespace continuo::ui
