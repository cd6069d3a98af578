#include "ui/window/menu_bar.h"

#include "ui/shortcuts/key_labels.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace continuo::ui {

StudioMenuBar::StudioMenuBar(QWidget* parent) : QMenuBar(parent) {
    setNativeMenuBar(false);
    setFixedHeight(theme().px(32));
}

QMenu* StudioMenuBar::addStudioMenu(const QString& title) { return addMenu(title); }

QAction* StudioMenuBar::make(QMenu* menu, const QString& shortcutId) {
    const auto& row = shortcut(shortcutId);
    auto* action = menu->addAction(row.name);
    action->setObjectName(row.id);
    if (row.context != QLatin1String("window")) action->setShortcutContext(Qt::WidgetShortcut);
    followKeys(*action, shortcutId);
    return action;
}

QAction* StudioMenuBar::add(QMenu* menu, const QString& shortcutId, std::function<void()> act) {
    auto* action = make(menu, shortcutId);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    return action;
}

QAction* StudioMenuBar::addToggle(QMenu* menu, const QString& shortcutId, bool on, std::function<void(bool)> act) {
    auto* action = make(menu, shortcutId);
    action->setCheckable(true);
    action->setChecked(on);
    connect(action, &QAction::toggled, this, [act = std::move(act)](bool value) { act(value); });
    return action;
}

void StudioMenuBar::showDocument(const QString& name, const QString& state) {
    name_ = name;
    state_ = state;
    update();
}

/// Painted here: under a style sheet Qt draws the entries past the style.
void StudioMenuBar::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    painter.fillRect(rect(), t.surface.frame);
    for (const auto* action : actions()) {
        const QRectF entry(actionGeometry(const_cast<QAction*>(action)));
        const bool open = action == activeAction();
        if (open) fillRounded(painter, entry.adjusted(0, t.px(5), 0, -t.px(5)), t.radius.control, t.surface.raised);
        painter.setFont(textFont(TextSize::Body));
        painter.setPen(open ? t.text.primary : t.text.secondary);
        painter.drawText(entry, Qt::AlignCenter | Qt::TextHideMnemonic | Qt::TextSingleLine, action->text());
    }
    const auto bold = textFont(TextSize::Body, Weight::Semibold), plain = textFont(TextSize::Caption);
    const int gap = theme().px(6);
    const int nameWidth = QFontMetrics(bold).horizontalAdvance(name_),
              stateWidth = QFontMetrics(plain).horizontalAdvance(state_);
    const int menusEnd = actionGeometry(actions().last()).right() + theme().px(24);
    const int left = std::max(menusEnd, (width() - nameWidth - gap - stateWidth) / 2);
    painter.setFont(bold);
    painter.setPen(theme().text.primary);
    painter.drawText(QRect(left, 0, nameWidth + 1, height()), Qt::AlignVCenter, name_);
    painter.setFont(plain);
    painter.setPen(theme().text.secondary);
    painter.drawText(QRect(left + nameWidth + gap, 0, stateWidth + 1, height()), Qt::AlignVCenter, state_);
}

} // namespace continuo::ui
