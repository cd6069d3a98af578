#include "ui/widgets/number_field.h"

#include "engine/base/text.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QStyle>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

NumberField::NumberField(const QString& label, double minimum, double maximum, double step, int decimals,
                         QWidget* parent)
    : QWidget(parent), label_(label), minimum_(minimum), maximum_(maximum), step_(step), value_(minimum),
      decimals_(decimals), editor_(new QLineEdit(this)) {
    setAccessibleName(label);
    setToolTip(label + ": drag, wheel or type");
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::SizeVerCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    editor_->setAccessibleName(label);
    editor_->setAlignment(Qt::AlignRight);
    editor_->hide();
    editor_->installEventFilter(this);
    connect(editor_, &QLineEdit::editingFinished, this, &NumberField::commitTyped);
}

double NumberField::clamped(double value) const {
    return std::clamp(std::round(value / step_) * step_, minimum_, maximum_);
}

void NumberField::setValue(double value) {
    value_ = std::clamp(value, minimum_, maximum_);
    update();
}

void NumberField::setUnit(const QString& unit) {
    unit_ = unit;
    update();
}

void NumberField::setLabelShown(bool shown) {
    labelShown_ = shown;
    update();
}

bool NumberField::isOpen() const { return editor_->isVisible(); }

QString NumberField::shownValue() const {
    auto text = QString::fromStdString(base::formatFixed(value_, decimals_));
    return unit_.isEmpty() ? text : text + " " + unit_;
}

QSize NumberField::sizeHint() const {
    const double words =
        labelShown_ ? QFontMetricsF(textFont(TextSize::Body)).horizontalAdvance(label_) + theme().px(16) : 0;
    return {static_cast<int>(words) + theme().px(78), theme().height.control};
}

QSize NumberField::minimumSizeHint() const { return {theme().px(56), theme().height.control}; }

void NumberField::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const QRectF box(rect());
    fillRounded(painter, box, t.radius.control, isEnabled() ? t.surface.field : t.surface.panel);
    strokeRounded(painter, box, t.radius.control, hasFocus() ? t.focus : t.line.normal, 1);
    const auto text = box.adjusted(t.px(8), 0, -t.px(8), 0);
    painter.setFont(textFont(TextSize::Body));
    painter.setPen(isEnabled() ? t.text.secondary : t.text.disabled);
    if (labelShown_) painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, label_);
    painter.setPen(isEnabled() ? t.text.primary : t.text.disabled);
    drawFigures(painter, text, (labelShown_ ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, shownValue());
}

void NumberField::changeBy(double steps) {
    const double to = clamped(value_ + steps * step_);
    if (to == value_) return;
    setValue(to);
    Q_EMIT valueEdited(value_);
}

void NumberField::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    pressY_ = event->position().y();
    pressValue_ = value_;
    dragging_ = false;
}

void NumberField::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    const double moved = pressY_ - event->position().y();
    if (std::abs(moved) >= 4) dragging_ = true;
    if (!dragging_) return;
    const double fine = event->modifiers() & Qt::ShiftModifier ? 0.25 : 1;
    setValue(clamped(pressValue_ + std::trunc(moved * fine / 3) * step_));
}

void NumberField::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (dragging_ && value_ != pressValue_) Q_EMIT valueEdited(value_);
    dragging_ = false;
}

void NumberField::mouseDoubleClickEvent(QMouseEvent*) {
    openEditor(QString::fromStdString(base::formatFixed(value_, decimals_)));
}

void NumberField::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    changeBy(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void NumberField::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up:
        return changeBy(1);
    case Qt::Key_Down:
        return changeBy(-1);
    case Qt::Key_PageUp:
        return changeBy(10);
    case Qt::Key_PageDown:
        return changeBy(-10);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return openEditor(QString::fromStdString(base::formatFixed(value_, decimals_)));
    default:
        break;
    }
    const auto text = event->text();
    if (text.size() == 1 && (text[0].isDigit() || text[0] == '-' || text[0] == '.') &&
        !(event->modifiers() & Qt::ControlModifier)) {
        openEditor(text);
        editor_->deselect();
        editor_->end(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

void NumberField::openEditor(const QString& text) {
    editor_->setProperty("wrong", false);
    editor_->setText(text);
    editor_->setGeometry(rect());
    editor_->show();
    editor_->setFocus();
    editor_->selectAll();
}

void NumberField::commitTyped() {
    if (!isOpen()) return;
    const auto typed = base::parseReal(base::trimmed(editor_->text().replace(',', '.').toStdString()));
    if (!typed || *typed < minimum_ || *typed > maximum_) {
        if (!editor_->hasFocus()) return closeEditor();
        editor_->setProperty("wrong", true);
        editor_->style()->polish(editor_);
        editor_->setToolTip(
            QString("between %1 and %2")
                .arg(base::formatFixed(minimum_, decimals_).c_str(), base::formatFixed(maximum_, decimals_).c_str()));
        return;
    }
    closeEditor();
    if (*typed == value_) return;
    setValue(*typed);
    Q_EMIT valueEdited(value_);
}

void NumberField::closeEditor() {
    editor_->hide();
    setFocus();
    update();
}

bool NumberField::eventFilter(QObject* object, QEvent* event) {
    if (object != editor_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(object, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Escape:
        return closeEditor(), true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return commitTyped(), true; // left alone it would come here and open the editor again
    default:
        return QWidget::eventFilter(object, event);
    }
}

void NumberField::resizeEvent(QResizeEvent*) { editor_->setGeometry(rect()); }

} // namespace continuo::ui
