#include "ui/widgets/sheet.h"

#include "ui/theme/drawing.h"
#include "ui/theme/icons.h"
#include "ui/widgets/label.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace continuo::ui {

namespace {

constexpr int kWidth = 460;

QColor inkOf(const QString& icon) {
    if (icon == "error") return theme().status.error;
    return icon == "warning" ? theme().status.warning : theme().text.secondary;
}

} // namespace

Sheet* Sheet::over(QWidget& window) {
    return window.window()->findChild<Sheet*>(QString(), Qt::FindDirectChildrenOnly);
}

Sheet* Sheet::show(QWidget& window, const SheetText& text, std::vector<SheetButton> buttons) {
    if (auto* open = over(window)) {
        open->pressWhere(&SheetButton::isCancel);
        if (auto* still = over(window)) delete still;
    }
    auto* sheet = new Sheet(*window.window(), text, std::move(buttons));
    static_cast<QWidget*>(sheet)->show();
    sheet->raise();
    sheet->setFocus();
    return sheet;
}

Sheet* Sheet::tell(QWidget& window, const SheetText& text) {
    return show(window, text, {{"OK", ButtonKind::Primary, {}, true, true}});
}

Sheet::Sheet(QWidget& window, const SheetText& text, std::vector<SheetButton> buttons)
    : QWidget(&window), buttons_(std::move(buttons)), previousFocus_(QApplication::focusWidget()), icon_(text.icon) {
    setAccessibleName(text.title);
    setAccessibleDescription(text.paragraphs.join(" "));
    setFocusPolicy(Qt::StrongFocus);
    build(text);
    window.installEventFilter(this);
    place();
}

void Sheet::build(const SheetText& text) {
    const auto& t = theme();
    auto* column = new QVBoxLayout(this);
    const int edge = t.px(kShadowReach);
    column->setContentsMargins(edge + t.px(50), edge + t.px(16), edge + t.px(18), edge + t.px(16));
    column->setSpacing(t.px(6));
    column->addWidget(new Label(text.title, TextSize::Value, Weight::Semibold, ink::primary, this));
    for (const auto& paragraph : text.paragraphs) {
        auto* label = new Label(paragraph, TextSize::Body, Weight::Regular, ink::secondary, this);
        label->setWordWrap(true);
        column->addWidget(label);
    }
    if (!text.details.isEmpty()) {
        auto* details = new QPlainTextEdit(text.details.join("\n"), this);
        details->setReadOnly(true);
        details->setAccessibleName("Details");
        details->setFont(textFont(TextSize::Caption));
        details->setFixedHeight(t.px(std::min(150, 24 + 15 * static_cast<int>(text.details.size()))));
        column->addWidget(details);
    }
    if (text.content) column->addWidget(text.content);
    column->addSpacing(t.px(8));
    auto* row = new QHBoxLayout;
    row->setSpacing(t.px(8));
    row->addStretch(1);
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        auto* button = new PushButton(buttons_[i].text, buttons_[i].kind, this);
        connect(button, &PushButton::clicked, this, [this, i] { press(i); });
        row->addWidget(button);
    }
    column->addLayout(row);
}

void Sheet::press(std::size_t button) {
    if (std::exchange(answered_, true)) return;
    const auto action = buttons_[button].action;
    hide();
    setParent(nullptr);
    deleteLater();
    if (previousFocus_ && QApplication::allWidgets().contains(previousFocus_)) previousFocus_->setFocus();
    if (action) action();
}

void Sheet::pressWhere(bool SheetButton::*flag) {
    const auto found = std::ranges::find_if(buttons_, [flag](const auto& button) { return button.*flag; });
    if (found != buttons_.end()) press(static_cast<std::size_t>(found - buttons_.begin()));
}

void Sheet::place() {
    const int width_ = std::min(theme().px(kWidth + 2 * kShadowReach), parentWidget()->width() - theme().px(24));
    const int height_ = std::max(sizeHint().height(), layout()->heightForWidth(width_));
    setGeometry((parentWidget()->width() - width_) / 2, theme().px(84), width_, height_);
}

bool Sheet::eventFilter(QObject* object, QEvent* event) {
    if (object == parentWidget() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(object, event);
}

void Sheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return pressWhere(&SheetButton::isCancel);
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return pressWhere(&SheetButton::isDefault);
    event->accept(); // keys do not fall through to the roll
}

void Sheet::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double edge = t.px(kShadowReach);
    const QRectF box = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    drawPopoverShadow(painter, box, t.px(10));
    fillRounded(painter, box, t.px(10), t.surface.popover);
    strokeRounded(painter, box, t.px(10), t.line.normal);
    if (!icon_.isEmpty())
        drawIcon(painter, QRectF(box.left() + t.px(18), box.top() + t.px(15), t.px(20), t.px(20)), icon_, t.px(20),
                 inkOf(icon_));
}

SheetText errorText(const QString& title, const std::string& message) {
    return {"error", title, {QString::fromStdString(message)}, {}};
}

} // namespace continuo::ui
