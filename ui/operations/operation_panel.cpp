#include "ui/operations/operation_panel.h"

#include "ui/theme/drawing.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/label.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/shadow.h"
#include "ui/widgets/switch_button.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace continuo::ui {
namespace {

constexpr int kWidth = 300, kControlWidth = 132;

} // namespace

OperationPanel::OperationPanel(const Operation& operation, const OperationValues& values, QWidget& host)
    : QWidget(&host), operation_(operation), values_(values) {
    setObjectName(QStringLiteral("operation"));
    setAccessibleName(tr(operation.name));
    setAccessibleDescription(tr(operation.purpose));
    setFocusPolicy(Qt::StrongFocus);
    build();
    host.installEventFilter(this);
    place();
}

void OperationPanel::build() {
    const auto& t = theme();
    auto* column = new QVBoxLayout(this);
    const int edge = t.px(kShadowReach + 14);
    column->setContentsMargins(edge, edge, edge, edge);
    column->setSpacing(t.px(8));
    column->addWidget(new Label(tr(operation_.name), TextSize::Value, Weight::Semibold, ink::primary, this));
    auto* purpose = new Label(tr(operation_.purpose), TextSize::Body, Weight::Regular, ink::secondary, this);
    purpose->setWordWrap(true);
    column->addWidget(purpose);
    auto* grid = new QGridLayout;
    grid->setVerticalSpacing(t.px(6));
    for (std::size_t i = 0; i < operation_.fields.size(); ++i) {
        const int row = static_cast<int>(i);
        grid->addWidget(new Label(tr(operation_.fields[i].label), TextSize::Body, Weight::Regular, ink::primary, this),
                        row, 0);
        grid->addWidget(control(i), row, 1, Qt::AlignRight);
    }
    column->addLayout(grid);
    outcome_ = new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, this);
    outcome_->setWordWrap(true);
    column->addWidget(outcome_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(t.px(6));
    auto* compare = new PushButton(tr("Compare"), ButtonKind::Plain, this);
    compare->setToolTip(tr("As it was, for as long as this is pressed"));
    auto* cancel = new PushButton(tr("Cancel"), ButtonKind::Normal, this);
    apply_ = new PushButton(tr("Apply"), ButtonKind::Primary, this);
    connect(compare, &PushButton::pressed, this, [this] { Q_EMIT compared(true); });
    connect(compare, &PushButton::released, this, [this] { Q_EMIT compared(false); });
    connect(cancel, &PushButton::clicked, this, &OperationPanel::cancelled);
    connect(apply_, &PushButton::clicked, this, &OperationPanel::applied);
    buttons->addWidget(compare);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(apply_);
    column->addLayout(buttons);
}

QWidget* OperationPanel::control(std::size_t index) {
    const auto& field = operation_.fields[index];
    const auto name = tr(field.label);
    if (field.kind == OperationField::Kind::Switch) {
        auto* on = new SwitchButton({}, this);
        on->setAccessibleName(name);
        on->setCheckable(true);
        on->setChecked(values_[index] != 0);
        connect(on, &SwitchButton::toggled, this, [this, index](bool checked) { set(index, checked ? 1 : 0); });
        return on;
    }
    if (field.kind == OperationField::Kind::Choice) {
        auto* box = new ChoiceBox(name, this);
        for (const char* choice : field.choices) box->addItem(tr(choice));
        box->setCurrentIndex(static_cast<int>(values_[index]));
        box->setFixedWidth(theme().px(kControlWidth));
        connect(box, &QComboBox::currentIndexChanged, this, [this, index](int chosen) { set(index, chosen); });
        return box;
    }
    auto* number = new NumberField(name, field.least, field.most, field.step, field.decimals, this);
    number->setLabelShown(false);
    number->setUnit(tr(field.unit));
    number->setValue(values_[index]);
    number->setFixedWidth(theme().px(kControlWidth));
    connect(number, &NumberField::valueEdited, this, [this, index](double value) { set(index, value); });
    return number;
}

void OperationPanel::set(std::size_t index, double value) {
    values_[index] = value;
    Q_EMIT valuesChanged();
}

void OperationPanel::showOutcome(const QString& text, bool changesSomething) {
    outcome_->setText(text);
    apply_->setEnabled(changesSomething);
    place();
}

void OperationPanel::place() {
    const int width = theme().px(kWidth + 2 * kShadowReach);
    const int height = std::max(layout()->heightForWidth(width), layout()->minimumSize().height());
    setGeometry(parentWidget()->width() - width, theme().px(30), width, height);
}

bool OperationPanel::eventFilter(QObject* object, QEvent* event) {
    if (object == parentWidget() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(object, event);
}

void OperationPanel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT cancelled();
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return apply_->click();
    QWidget::keyPressEvent(event);
}

void OperationPanel::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double edge = t.px(kShadowReach);
    const QRectF box = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    drawPopoverShadow(painter, box, t.px(10));
    fillRounded(painter, box, t.px(10), t.surface.popover);
    strokeRounded(painter, box, t.px(10), t.line.normal);
}

} // namespace continuo::ui
