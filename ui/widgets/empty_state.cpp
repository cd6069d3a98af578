#include "ui/widgets/empty_state.h"

#include "ui/theme/drawing.h"
#include "ui/theme/icons.h"
#include "ui/widgets/label.h"
#include "ui/widgets/push_button.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace continuo::ui {

EmptyState::EmptyState(const QString& icon, const QString& title, const QString& text, QWidget* parent)
    : QWidget(parent), icon_(icon), glyph_(new QWidget(this)),
      title_(new Label(title, TextSize::Title, Weight::Semibold, ink::primary, this)),
      text_(new Label(text, TextSize::Body, Weight::Regular, ink::secondary, this)), buttons_(new QHBoxLayout) {
    setAccessibleName(title);
    glyph_->setFixedSize(theme().iconSize.stage, theme().iconSize.stage);
    title_->setAlignment(Qt::AlignCenter);
    text_->setAlignment(Qt::AlignCenter);
    text_->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(theme().space[6], theme().px(20), theme().space[6], theme().px(18));
    column->setSpacing(theme().space[2]);
    column->addStretch(1);
    column->addWidget(glyph_, 0, Qt::AlignHCenter);
    column->addSpacing(theme().space[3]);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addSpacing(theme().space[4]);
    buttons_->setSpacing(theme().space[4]);
    buttons_->addStretch(1);
    buttons_->addStretch(1);
    column->addLayout(buttons_);
    column->addStretch(1);
}

void EmptyState::setTexts(const QString& title, const QString& text) {
    setAccessibleName(title);
    title_->setText(title);
    text_->setText(text);
}

void EmptyState::addButton(PushButton* button) { buttons_->insertWidget(buttons_->count() - 1, button); }

void EmptyState::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    drawIcon(painter, glyph_->geometry(), icon_, theme().iconSize.stage, theme().text.disabled);
}

Card::Card(QWidget* parent) : QWidget(parent) {}

void Card::setModel(bool model) {
    model_ = model;
    update();
}

void Card::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    fillRounded(painter, rect(), t.radius.card, model_ ? t.model.soft : t.surface.raised);
    if (!model_) return;
    QPainterPath round;
    round.addRoundedRect(rect(), t.radius.card, t.radius.card);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(round);
    painter.fillRect(0, 0, t.px(3), height(), t.model.base);
}

} // namespace continuo::ui
