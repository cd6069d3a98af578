#include "ui/widgets/status_bar.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/pill.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QRegularExpression>

namespace continuo::ui {

StatusBar::StatusBar(QWidget* parent) : QWidget(parent), chips_(new QHBoxLayout(this)) {
    setAccessibleName("Status");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    chips_->addStretch(1);
    applyMetrics();
}

void StatusBar::applyMetrics() {
    const auto& t = theme();
    chips_->setContentsMargins(t.px(8), 0, t.px(8), 0);
    chips_->setSpacing(t.px(9));
}

void StatusBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) applyMetrics();
    QWidget::changeEvent(event);
}

void StatusBar::setHint(const QString& hint) {
    if (hint_ == hint) return;
    hint_ = hint;
    setAccessibleDescription(hint);
    update();
}

Chip* StatusBar::addChip(const QString& name) {
    auto* chip = new Chip(name, this);
    chip->installEventFilter(this);
    chips_->addWidget(chip);
    return chip;
}

bool StatusBar::eventFilter(QObject* object, QEvent* event) {
    const auto type = event->type();
    if (type == QEvent::Show || type == QEvent::Hide || type == QEvent::Move || type == QEvent::Resize) update();
    return QWidget::eventFilter(object, event);
}

QSize StatusBar::sizeHint() const { return {theme().px(400), theme().height.statusBar}; }

void StatusBar::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    double limit = width();
    for (const auto* chip : findChildren<Chip*>(Qt::FindDirectChildrenOnly)) {
        if (!chip->isVisible()) continue;
        limit = std::min(limit, static_cast<double>(chip->x()) - t.px(10));
        drawVerticalHairline(painter, chip->x() - t.px(5), (height() - t.px(12)) / 2.0, (height() + t.px(12)) / 2.0,
                             t.line.normal);
    }
    painter.setClipRect(QRectF(0, 0, limit, height()));
    static const QRegularExpression part("\\[([^\\]]+)\\]|([^\\[]+)");
    double x = t.px(8);
    for (auto found = part.globalMatch(hint_); found.hasNext();) {
        const auto match = found.next();
        if (const auto key = match.captured(1); !key.isEmpty()) {
            x += drawKeyCap(painter, x, height() / 2.0, key) + t.px(6);
            continue;
        }
        const auto words = match.captured(2).trimmed();
        painter.setFont(textFont(TextSize::Caption));
        painter.setPen(t.text.secondary);
        painter.drawText(QRectF(x, 0, width(), height()), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += QFontMetricsF(painter.font()).horizontalAdvance(words) + t.px(12);
    }
}

} // namespace continuo::ui
