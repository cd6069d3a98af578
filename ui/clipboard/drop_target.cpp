#include "ui/clipboard/drop_target.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QDragLeaveEvent>
#include <QDropEvent>
#include <QPainter>
#include <QWidget>

namespace continuo::ui {
namespace {

/// A brass edge around where the music would go, and at its foot what will come of it.
class DropVeil : public QWidget {
public:
    explicit DropVeil(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setObjectName(QStringLiteral("dropVeil"));
        setGeometry(parent->rect());
        show();
        raise();
    }
    void setText(const QString& text) {
        if (text == text_) return;
        text_ = text;
        setAccessibleName(text);
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const auto& t = theme();
        QPainter painter(this);
        strokeRounded(painter, QRectF(rect()), t.radius.panel, t.accent.base, 2);
        painter.setFont(textFont(TextSize::Body, Weight::Medium));
        const QFontMetrics metrics(painter.font());
        const int width = std::min(this->width() - t.px(16), metrics.horizontalAdvance(text_) + t.px(20));
        const QRectF pill((this->width() - width) / 2.0, height() - t.px(40), width, t.px(28));
        fillRounded(painter, pill, t.radius.card, t.surface.popover);
        strokeRounded(painter, pill, t.radius.card, t.accent.line);
        painter.setPen(t.text.primary);
        drawElided(painter, pill.adjusted(t.px(10), 0, -t.px(10), 0), Qt::AlignCenter, text_);
    }

private:
    QString text_;
};

} // namespace

DropTarget::DropTarget(QWidget& widget) : QObject(&widget), widget_(widget) {
    widget.setAcceptDrops(true);
    widget.installEventFilter(this);
}

bool DropTarget::hover(QDropEvent& event) {
    const auto words = offer({*event.mimeData(), event.position(), event.modifiers()});
    if (words.isEmpty()) {
        end();
        return false; // the widget, or one around it, may want it
    }
    if (!veil_) veil_ = new DropVeil(&widget_);
    static_cast<DropVeil*>(veil_.data())->setText(words);
    event.setDropAction(Qt::CopyAction);
    event.accept();
    return true;
}

void DropTarget::end() {
    if (veil_) {
        veil_->hide();
        veil_->deleteLater();
        veil_.clear();
    }
    leave();
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::DragEnter:
    case QEvent::DragMove:
        if (hover(*static_cast<QDropEvent*>(event))) return true;
        break;
    case QEvent::DragLeave:
        end();
        break;
    case QEvent::Drop: {
        auto& dropped = *static_cast<QDropEvent*>(event);
        const HeldDrop held{*dropped.mimeData(), dropped.position(), dropped.modifiers()};
        if (offer(held).isEmpty()) break;
        end();
        dropped.setDropAction(Qt::CopyAction);
        dropped.accept();
        drop(held);
        return true;
    }
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace continuo::ui
