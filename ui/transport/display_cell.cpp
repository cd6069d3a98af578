#include "ui/transport/display_cell.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/focus.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr int kInset = 14, kCounterGap = 12;

} // namespace

DisplayCell::DisplayCell(const QString& name, Look look, Entry entry, QWidget* parent)
    : QWidget(parent), look_(look), entry_(entry), editor_(new QLineEdit(this)) {
    setAccessibleName(name);
    setToolTip(entry == Entry::Menu ? name + ": click to choose"
                                    : name + ": double-click to type" + (look == Look::Value ? ", wheel steps" : ""));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    editor_->setAccessibleName(name);
    editor_->hide();
    editor_->installEventFilter(this);
}

void DisplayCell::setContent(const QString& value, const QString& caption) {
    if (value == value_ && caption == caption_) return;
    const bool grows = figuresWidth(textFont(TextSize::Value, Weight::Medium), value) >
                       figuresWidth(textFont(TextSize::Value, Weight::Medium), value_);
    value_ = value;
    caption_ = caption;
    setAccessibleDescription(value + " " + caption);
    if (look_ == Look::Value && grows) updateGeometry();
    update();
}

void DisplayCell::setWidest(const QString& value, const QString& caption) {
    widestValue_ = value;
    widestCaption_ = caption;
    updateGeometry();
}

QSize DisplayCell::sizeHint() const {
    const auto& t = theme();
    const auto captions = textFont(TextSize::Caption);
    if (look_ == Look::Counter) {
        const double words = figuresWidth(textFont(TextSize::Counter, Weight::Semibold), widestValue_) +
                             figuresWidth(captions, widestCaption_);
        return {static_cast<int>(std::ceil(words)) + t.px(2 * kInset + kCounterGap), t.height.transportDisplay};
    }
    const auto values = textFont(TextSize::Value, Weight::Medium);
    const double words =
        std::max({figuresWidth(values, value_), figuresWidth(values, widestValue_), figuresWidth(captions, caption_)});
    return {static_cast<int>(std::ceil(words)) + 2 * t.px(kInset), t.height.transportDisplay};
}

void DisplayCell::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const QRectF inside = QRectF(rect()).adjusted(t.px(kInset), 0, -t.px(kInset), 0);
    if (underMouse()) fillRounded(painter, QRectF(rect()).adjusted(2, 3, -2, -3), t.radius.control, t.surface.raised);
    if (showsFocus(this))
        strokeRounded(painter, QRectF(rect()).adjusted(2, 3, -2, -3), t.radius.control, t.focus, t.stroke.focus);
    painter.setPen(t.text.primary);
    if (look_ == Look::Counter) {
        painter.setFont(textFont(TextSize::Counter, Weight::Semibold));
        drawFigures(painter, inside, Qt::AlignLeft, value_);
        painter.setFont(textFont(TextSize::Caption));
        painter.setPen(t.text.secondary);
        return drawFigures(painter, inside, Qt::AlignRight, caption_);
    }
    painter.setFont(textFont(TextSize::Value, Weight::Medium));
    drawFigures(painter, QRectF(inside.left(), t.px(5), inside.width(), t.px(19)), Qt::AlignLeft, value_);
    painter.setFont(textFont(TextSize::Caption));
    painter.setPen(t.text.secondary);
    drawFigures(painter, QRectF(inside.left(), t.px(24), inside.width(), t.px(14)), Qt::AlignLeft, caption_);
}

void DisplayCell::open(const QString& text) {
    const int high = theme().height.control;
    editor_->setGeometry(4, (height() - high) / 2, width() - 8, high);
    editor_->setText(text);
    editor_->show();
    editor_->setFocus();
    editor_->selectAll();
}

void DisplayCell::commit() {
    const auto text = editor_->text();
    editor_->hide();
    setFocus();
    Q_EMIT typed(text);
}

void DisplayCell::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && entry_ == Entry::Menu)
        Q_EMIT menuRequested(mapToGlobal(QPoint(0, height())));
}

void DisplayCell::mouseDoubleClickEvent(QMouseEvent*) {
    if (entry_ == Entry::Typed) open(value_);
}

void DisplayCell::wheelEvent(QWheelEvent* event) {
    Q_EMIT stepped(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void DisplayCell::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        Q_EMIT stepped(1);
        return;
    case Qt::Key_Down:
        Q_EMIT stepped(-1);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (entry_ == Entry::Typed) return open(value_);
        Q_EMIT menuRequested(mapToGlobal(QPoint(0, height())));
        return;
    default:
        break;
    }
    if (entry_ == Entry::Typed && event->text().size() == 1 && event->text()[0].isDigit()) {
        open(event->text());
        editor_->deselect();
        return;
    }
    QWidget::keyPressEvent(event);
}

void DisplayCell::enterEvent(QEnterEvent*) { update(); }
void DisplayCell::leaveEvent(QEvent*) { update(); }

bool DisplayCell::eventFilter(QObject* object, QEvent* event) {
    if (object != editor_) return QWidget::eventFilter(object, event);
    if (event->type() == QEvent::FocusOut && editor_->isVisible()) editor_->hide();
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(object, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        editor_->hide();
        setFocus();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return commit(), true; // left alone it would come here and open the editor again
    default:
        return QWidget::eventFilter(object, event);
    }
}

} // namespace continuo::ui
