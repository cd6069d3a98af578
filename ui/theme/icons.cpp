#include "ui/theme/icons.h"

#include "ui/theme/theme.h"
#include "ui/theme/theme_reader.h"

#include <QHash>
#include <QPainter>
#include <QSvgRenderer>
#include <cmath>

namespace continuo::ui {

namespace {

struct IconKey {
    QString name;
    int size;
    QRgb colour;
    int dprPercent;
    friend bool operator==(const IconKey&, const IconKey&) = default;
};
std::size_t qHash(const IconKey& key, std::size_t seed = 0) {
    return qHashMulti(seed, key.name, key.size, key.colour, key.dprPercent);
}

const QByteArray& source(const QString& name) {
    static QHash<QString, QByteArray> texts;
    auto& text = texts[name];
    if (text.isEmpty()) text = resourceBytes(":/icons/" + name + ".svg");
    return text;
}

QPixmap rendered(const QString& name, int size, const QColor& colour, double dpr) {
    auto svg = source(name);
    Q_ASSERT_X(!svg.isEmpty(), "icon", qPrintable("no drawing is called " + name));
    svg.replace("currentColor", colour.name().toLatin1());
    if (size >= 32) svg.replace("stroke-width=\"1.5\"", "stroke-width=\"1.25\"");
    QPixmap pixmap(QSize(size, size) * dpr);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(colour.alphaF());
    QSvgRenderer(svg).render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(dpr);
    return pixmap;
}

} // namespace

bool hasIcon(const QString& name) { return !source(name).isEmpty(); }

QPixmap icon(const QString& name, int size, const QColor& colour, double dpr) {
    static QHash<IconKey, QPixmap> cache;
    auto& pixmap = cache[{name, size, colour.rgba(), static_cast<int>(std::lround(dpr * 100))}];
    if (pixmap.isNull()) pixmap = rendered(name, size, colour, dpr);
    return pixmap;
}

void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, int size, const QColor& colour) {
    const double dpr = painter.device()->devicePixelRatioF();
    const auto snapped = [dpr](double at) { return std::round(at * dpr) / dpr; };
    const QPointF at(snapped(rect.left() + (rect.width() - size) / 2),
                     snapped(rect.top() + (rect.height() - size) / 2));
    painter.drawPixmap(at, icon(name, size, colour, dpr));
}

QIcon menuIcon(const QString& name) {
    QIcon made;
    for (const double dpr : {1.0, 2.0}) {
        made.addPixmap(icon(name, theme().iconSize.control, theme().text.secondary, dpr), QIcon::Normal);
        made.addPixmap(icon(name, theme().iconSize.control, theme().text.disabled, dpr), QIcon::Disabled);
    }
    return made;
}

} // namespace continuo::ui
