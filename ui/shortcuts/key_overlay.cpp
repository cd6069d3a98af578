#include "ui/shortcuts/key_overlay.h"

#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr qint64 kTapMs = 300;
constexpr int kColumn = 286, kRow = 20, kTitle = 26, kInset = 18, kGap = 14, kKeysWidth = 118;
constexpr char kHelpKey[] = "shortcuts";

double heightOf(const KeyCard& card) {
    return theme().px(kTitle) + static_cast<double>(card.rows.size()) * theme().px(kRow) + theme().px(kGap);
}

} // namespace

std::vector<KeyCard> keyCards(const QStringList& contexts) {
    std::vector<KeyCard> cards;
    for (const auto& command : shortcuts()) {
        if (command.keys.isEmpty() || !contexts.contains(command.context)) continue;
        auto card = std::ranges::find(cards, command.group, &KeyCard::title);
        if (card == cards.end()) card = cards.insert(cards.end(), KeyCard{command.group, {}});
        card->rows.push_back({keyTexts(command.id), command.name});
    }
    return cards;
}

KeyOverlay::KeyOverlay(QWidget& window, std::function<std::vector<KeyCard>(QPoint)> cardsAt)
    : QWidget(&window), cardsAt_(std::move(cardsAt)) {
    setAccessibleName(tr("Keys and gestures here"));
    hide();
    qApp->installEventFilter(this);
}

void KeyOverlay::open() {
    cards_ = cardsAt_(parentWidget()->mapFromGlobal(QCursor::pos()));
    QStringList spoken;
    for (const auto& card : cards_)
        for (const auto& row : card.rows) spoken << row.keys + QLatin1Char(' ') + row.does;
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    setGeometry(parentWidget()->rect());
    show();
    raise();
}

void KeyOverlay::toggle() { isVisible() ? hide() : open(); }

bool KeyOverlay::isOfWindow(const QObject* object) const {
    const auto* widget = qobject_cast<const QWidget*>(object);
    return widget && widget->window() == parentWidget();
}

/// The key of help is read here and not by its action, which does not learn when it is let go.
bool KeyOverlay::eventFilter(QObject* object, QEvent* event) {
    const auto type = event->type();
    if (object == parentWidget() && type == QEvent::Resize && isVisible()) setGeometry(parentWidget()->rect());
    const bool isKey = type == QEvent::KeyPress || type == QEvent::KeyRelease || type == QEvent::ShortcutOverride;
    if (!isKey || !isOfWindow(object)) return false;
    auto& key = static_cast<QKeyEvent&>(*event);
    const bool closes = isVisible() && !isHeld_ && key.key() == Qt::Key_Escape;
    if (!closes && !isPressed(QLatin1String(kHelpKey), key)) return false;
    if (type == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (key.isAutoRepeat()) return true;
    if (type == QEvent::KeyPress && isVisible()) {
        hide();
    } else if (type == QEvent::KeyPress && !closes) {
        open();
        isHeld_ = true;
        since_.start();
    } else if (isHeld_) {
        isHeld_ = false;
        if (since_.elapsed() >= kTapMs) hide();
    }
    return true;
}

void KeyOverlay::mousePressEvent(QMouseEvent*) { hide(); }

/// Cards fill columns from the left; `width` becomes what they take.
std::vector<KeyOverlay::Placed> KeyOverlay::placed(const QRectF& area, double& width) const {
    std::vector<Placed> all;
    double x = area.left(), y = area.top();
    for (const auto& card : cards_) {
        const double height = heightOf(card);
        if (y > area.top() && y + height > area.bottom()) {
            x += theme().px(kColumn);
            y = area.top();
        }
        all.push_back({&card, {x, y}});
        y += height;
    }
    width = x + theme().px(kColumn) - area.left();
    return all;
}

void KeyOverlay::paintCard(QPainter& painter, const Placed& placed) const {
    const auto& t = theme();
    painter.setFont(textFont(TextSize::Caption, Weight::Semibold));
    painter.setPen(t.text.secondary);
    const double wide = t.px(kColumn - kGap);
    painter.drawText(QRectF(placed.at, QSizeF(wide, t.px(kTitle))), Qt::AlignLeft | Qt::AlignVCenter,
                     placed.card->title);
    double y = placed.at.y() + t.px(kTitle);
    const double left = placed.at.x(), keys = t.px(kKeysWidth);
    for (const auto& row : placed.card->rows) {
        const QRectF line(left, y, wide, t.px(kRow));
        painter.setFont(textFont(TextSize::Caption, Weight::Medium));
        painter.setPen(t.text.primary);
        const auto text = painter.fontMetrics().elidedText(row.keys, Qt::ElideRight, static_cast<int>(keys) - t.px(6));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
        painter.setFont(textFont(TextSize::Caption));
        painter.setPen(t.text.secondary);
        const auto does = painter.fontMetrics().elidedText(row.does, Qt::ElideRight, static_cast<int>(wide - keys));
        painter.drawText(line.adjusted(keys, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, does);
        y += t.px(kRow);
    }
}

void KeyOverlay::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double inset = t.px(kInset), top = t.px(40);
    const double most = height() - 2 * top - 2 * inset;
    double width = 0;
    auto cards = placed(QRectF(0, 0, 0, most), width);
    double used = 0;
    for (const auto& each : cards) used = std::max(used, each.at.y() + heightOf(*each.card));
    QRectF box((this->width() - width) / 2 - inset, top, width + 2 * inset - t.px(kGap),
               std::min(most, used) + 2 * inset - t.px(kGap));
    box.moveTop((height() - box.height()) / 2);
    drawPopoverShadow(painter, box, t.px(10));
    fillRounded(painter, box, t.px(10), t.surface.popover);
    strokeRounded(painter, box, t.px(10), t.line.normal);
    for (auto& each : cards) {
        each.at += box.topLeft() + QPointF(inset, inset);
        paintCard(painter, each);
    }
}

} // namespace continuo::ui
