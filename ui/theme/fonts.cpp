#include "ui/theme/fonts.h"

#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QFontMetricsF>
#include <QPainter>

namespace continuo::ui {

namespace {

int sizeIn(const Theme::TextSizes& sizes, TextSize size) {
    const std::array all{sizes.micro,   sizes.caption, sizes.body,    sizes.title, sizes.value,
                         sizes.heading, sizes.counter, sizes.display, sizes.stage};
    return all[static_cast<std::size_t>(size)];
}

QFont made(const QStringList& families, TextSize size, Weight weight) {
    QFont font(families);
    font.setPixelSize(sizeIn(theme().textSize, size));
    font.setWeight(static_cast<QFont::Weight>(weight));
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

} // namespace

QFont textFont(TextSize size, Weight weight) { return made(theme().families, size, weight); }
QFont monoFont(TextSize size) { return made(theme().monoFamilies, size, Weight::Regular); }
int lineHeight(TextSize size) { return sizeIn(theme().lineHeight, size); }

double figuresWidth(const QFont& font, const QString& text) {
    const QFontMetricsF metrics(font);
    const double digit = metrics.horizontalAdvance('0');
    double width = 0;
    for (const auto c : text) width += isDigit(c) ? digit : metrics.horizontalAdvance(c);
    return width;
}

void drawFigures(QPainter& painter, const QRectF& rect, int alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const double digit = metrics.horizontalAdvance('0'), width = figuresWidth(painter.font(), text);
    double x = rect.left();
    if (alignment & Qt::AlignRight) x = rect.right() - width;
    if (alignment & Qt::AlignHCenter) x = rect.left() + (rect.width() - width) / 2;
    double baseline = rect.top() + (rect.height() - metrics.height()) / 2 + metrics.ascent();
    if (alignment & Qt::AlignTop) baseline = rect.top() + metrics.ascent();
    if (alignment & Qt::AlignBottom) baseline = rect.bottom() - metrics.descent();
    for (const auto c : text) {
        const double own = metrics.horizontalAdvance(c), cell = isDigit(c) ? digit : own;
        painter.drawText(QPointF(x + (cell - own) / 2, baseline), QString(c));
        x += cell;
    }
}

void drawElided(QPainter& painter, const QRectF& rect, int alignment, const QString& text) {
    const auto fitting = painter.fontMetrics().elidedText(text, Qt::ElideRight, static_cast<int>(rect.width()));
    painter.drawText(rect, alignment | Qt::TextSingleLine, fitting);
}

} // namespace continuo::ui
