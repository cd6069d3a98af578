#include "ui/inspector/change_field.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr int kLabelWidth = 84;
constexpr double kThreshold = 4, kPixelsPerStep = 4;

} // namespace

ChangeField::ChangeField(const QString& label, const QString& help, QWidget* parent)
    : QWidget(parent), label_(label), line_(new QLineEdit(this)) {
    setCursor(Qt::SizeHorCursor);
    setToolTip(tr("%1: drag here to change it").arg(label));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    line_->setAccessibleName(label);
    line_->setToolTip(help);
    line_->setCursor(Qt::IBeamCursor);
    line_->installEventFilter(this);
    connect(line_, &QLineEdit::textEdited, this, [this](const QString& text) {
        typing_ = true;
        Q_EMIT edited(text);
    });
    setFocusProxy(line_);
}

int ChangeField::labelWidth() const { return theme().px(kLabelWidth); }

QSize ChangeField::sizeHint() const { return {labelWidth() + theme().px(120), theme().height.control}; }

void ChangeField::resizeEvent(QResizeEvent*) {
    line_->setGeometry(labelWidth(), 0, width() - labelWidth(), height());
    showSpan();
}

void ChangeField::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(!isEnabled() ? theme().text.disabled : underMouse() ? theme().text.primary : theme().text.secondary);
    drawElided(painter, QRectF(0, 0, labelWidth() - theme().px(6), height()), Qt::AlignLeft | Qt::AlignVCenter, label_);
}

void ChangeField::showValue(const QString& value) {
    value_ = value;
    span_.clear();
    showSpan();
    if (!typing_) line_->setText(value_);
}

void ChangeField::showMixed(const QString& span) {
    value_.clear();
    span_ = span;
    showSpan();
    if (!typing_) line_->setText(value_);
}

/// A span that would be cut is left out: half a number is none.
void ChangeField::showSpan() {
    const auto whole = tr("mixed, %1").arg(span_);
    const int room = line_->width() - theme().px(20);
    const bool fits = QFontMetrics(line_->font()).horizontalAdvance(whole) <= room;
    line_->setPlaceholderText(span_.isEmpty() ? QString() : fits ? whole : tr("mixed"));
}

void ChangeField::showWrong(bool wrong) {
    if (line_->property("wrong").toBool() == wrong) return;
    line_->setProperty("wrong", wrong);
    line_->style()->polish(line_);
}

QString ChangeField::typed() const { return line_->text(); }

void ChangeField::putBack() {
    typing_ = false;
    showWrong(false);
    line_->setText(value_);
}

void ChangeField::endTyping() {
    if (!typing_) return;
    const auto text = line_->text();
    typing_ = false;
    Q_EMIT committed(text);
}

bool ChangeField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) endTyping();
    if (event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            endTyping();
            line_->selectAll();
            return true;
        }
        if (key == Qt::Key_Escape && (typing_ || scrubbing_)) {
            pressed_ = scrubbing_ = false;
            putBack();
            line_->selectAll();
            Q_EMIT cancelled();
            return true;
        }
    }
    if (event->type() == QEvent::ShortcutOverride && (typing_ || scrubbing_) &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChangeField::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    line_->setFocus(Qt::MouseFocusReason); // so that Esc is heard
    pressed_ = true;
    pressX_ = event->position().x();
}

void ChangeField::mouseMoveEvent(QMouseEvent* event) {
    if (!pressed_) return;
    const double moved = event->position().x() - pressX_;
    if (!scrubbing_ && std::abs(moved) < kThreshold) return;
    if (!scrubbing_) putBack();
    scrubbing_ = true;
    Q_EMIT scrubbed(static_cast<int>(std::trunc(moved / kPixelsPerStep)),
                    event->modifiers().testFlag(Qt::ShiftModifier));
}

void ChangeField::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !pressed_) return;
    pressed_ = false;
    if (std::exchange(scrubbing_, false)) return Q_EMIT scrubEnded();
    line_->selectAll();
}

} // namespace continuo::ui
