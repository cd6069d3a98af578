#include "ui/training/fact_list.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {

namespace {

int rowHeight() { return theme().px(24); }

} // namespace

FactList::FactList(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&themeSignals(), &ThemeSignals::changed, this, [this] { updateGeometry(), update(); });
}

void FactList::setFacts(std::vector<std::pair<QString, QString>> facts) {
    const bool resized = facts.size() != facts_.size();
    facts_ = std::move(facts);
    QStringList spoken;
    for (const auto& [what, value] : facts_) spoken << what + QLatin1Char(' ') + value;
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    if (resized) updateGeometry();
    update();
}

QSize FactList::sizeHint() const { return {theme().px(180), static_cast<int>(facts_.size()) * rowHeight()}; }

void FactList::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextSize::Body));
    const double label = theme().px(84);
    double y = 0;
    for (const auto& [what, value] : facts_) {
        painter.setPen(theme().text.secondary);
        painter.drawText(QRectF(0, y, label, rowHeight()), Qt::AlignLeft | Qt::AlignVCenter, what);
        painter.setPen(theme().text.primary);
        const QRectF room(label + 8, y, width() - label - 8, rowHeight());
        if (figuresWidth(painter.font(), value) <= room.width())
            drawFigures(painter, room, Qt::AlignLeft | Qt::AlignVCenter, value);
        else
            drawElided(painter, room, Qt::AlignLeft | Qt::AlignVCenter, value);
        y += rowHeight();
    }
}

} // namespace continuo::ui
