#include "ui/widgets/toast.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/shadow.h"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

namespace continuo::ui {

Toast::Toast(QWidget& window) : QWidget(&window) {
    out_.setSingleShot(true);
    connect(&out_, &QTimer::timeout, this, &QWidget::hide);
    window.installEventFilter(this);
}

void Toast::show(QWidget& window, const QString& sentence, bool good) {
    auto* toast = window.window()->findChild<Toast*>(QString(), Qt::FindDirectChildrenOnly);
    if (!toast) toast = new Toast(*window.window());
    toast->sentence_ = sentence;
    toast->good_ = good;
    toast->setAccessibleName(sentence);
    toast->place();
    toast->QWidget::show();
    toast->raise();
    toast->update();
    toast->out_.start(2500 + 60 * static_cast<int>(sentence.size()));
}

void Toast::place() {
    const auto& t = theme();
    const int words = QFontMetrics(textFont(TextSize::Body)).horizontalAdvance(sentence_);
    const int width_ = std::min(words + t.px(52 + 2 * kShadowReach), parentWidget()->width());
    const int height_ = t.px(40 + 2 * kShadowReach);
    setGeometry((parentWidget()->width() - width_) / 2, parentWidget()->height() - height_ - t.px(40), width_, height_);
}

bool Toast::eventFilter(QObject* object, QEvent* event) {
    if (object == parentWidget() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(object, event);
}

void Toast::mousePressEvent(QMouseEvent*) { hide(); }

void Toast::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double edge = t.px(kShadowReach);
    const QRectF box = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    drawPopoverShadow(painter, box, t.radius.card);
    fillRounded(painter, box, t.radius.card, t.surface.popover);
    strokeRounded(painter, box, t.radius.card, t.line.normal);
    drawIcon(painter, QRectF(box.left() + t.px(12), box.top(), t.px(16), box.height()), good_ ? "accept" : "info",
             t.iconSize.control, good_ ? t.status.success : t.text.secondary);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(t.text.primary);
    drawElided(painter, box.adjusted(t.px(36), 0, -t.px(12), 0), Qt::AlignLeft | Qt::AlignVCenter, sentence_);
}

} // namespace continuo::ui
