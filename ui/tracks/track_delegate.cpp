#include "ui/tracks/track_delegate.h"

#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/tracks/track_model.h"
#include "ui/widgets/icon_button.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolTip>

namespace continuo::ui {

namespace {

using Part = TrackDelegate::Part;

constexpr std::array kButtons{Part::Eye, Part::Mute, Part::Solo, Part::Arm};
constexpr std::array kParts{Part::Eye,  Part::Mute,    Part::Solo, Part::Arm,
                            Part::Lock, Part::NetRole, Part::Mend, Part::Fold};
constexpr int kButtonWidth = 20, kButtonHeight = 18, kButtonGap = 2, kTextLeft = 40;
constexpr int kSecondTop = 25, kSecondHeight = 15, kRoleWidth = 38, kMendWidth = 40, kLockWidth = 16;
constexpr int kIndent = 10;

bool isGroupRow(const QRect& row) { return row.height() < theme().height.trackRow; }

QString helpFor(Part part, const QModelIndex& index) {
    switch (part) {
    case Part::Eye:
        return TrackDelegate::tr("Show its notes behind the current track");
    case Part::Mute:
        return helpText(TrackDelegate::tr("Mute"), keyText("muteTrack"));
    case Part::Solo:
        return helpText(TrackDelegate::tr("Solo"), keyText("soloTrack"));
    case Part::Arm:
        return TrackDelegate::tr("What you play is recorded into this track; click to choose it");
    case Part::Lock:
        return index.data(TrackModel::Locked).toBool()
                   ? TrackDelegate::tr("Locked: nothing can change it; click to unlock")
                   : TrackDelegate::tr("Lock against changes");
    case Part::NetRole:
        return TrackDelegate::tr(
            "What the net does with it: writes it, only hears it, or leaves it out; click to change");
    case Part::Mend:
        return TrackDelegate::tr("Move it to a free channel");
    case Part::Fold:
        return TrackDelegate::tr("Fold or open the group");
    case Part::None:
        break;
    }
    return index.data(TrackModel::Problem).toString();
}

} // namespace

TrackDelegate::TrackDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

QSize TrackDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const auto& t = theme();
    return {t.px(180), index.data(TrackModel::IsGroup).toBool() ? t.height.folderRow : t.height.trackRow};
}

QRect TrackDelegate::rectOf(Part part, const QRect& row) {
    const auto& t = theme();
    const int right = row.right() + 1 - t.px(10), width = t.px(kButtonWidth), height = t.px(kButtonHeight);
    const auto fromRight = [&](int places, int top) {
        return QRect(right - places * width - (places - 1) * t.px(kButtonGap), row.top() + top, width, height);
    };
    if (isGroupRow(row)) {
        if (part == Part::Fold) return {row.left(), row.top(), t.px(26), row.height()};
        if (part == Part::Mute) return fromRight(2, (row.height() - height) / 2);
        if (part == Part::Solo) return fromRight(1, (row.height() - height) / 2);
        return {};
    }
    const int second = row.top() + t.px(kSecondTop), line = t.px(kSecondHeight);
    switch (part) {
    case Part::Eye:
    case Part::Mute:
    case Part::Solo:
    case Part::Arm:
        return fromRight(static_cast<int>(Part::Arm) - static_cast<int>(part) + 1, t.px(6));
    case Part::NetRole:
        return {right - t.px(kRoleWidth), second, t.px(kRoleWidth), line};
    case Part::Mend:
        return {right - t.px(kMendWidth), second, t.px(kMendWidth), line};
    case Part::Lock:
        return {right - t.px(kRoleWidth + kLockWidth), second, t.px(kLockWidth), line};
    default:
        return {};
    }
}

Part TrackDelegate::partAt(const QRect& row, const QPoint& at, const QModelIndex& index) {
    const bool hasProblem = !index.data(TrackModel::Problem).toString().isEmpty();
    for (const auto part : kParts) {
        if (part == Part::Mend && !hasProblem) continue;
        if ((part == Part::NetRole || part == Part::Lock) && hasProblem) continue;
        const int above = part == Part::Lock || part == Part::NetRole || part == Part::Mend ? 1 : 4;
        const auto place = rectOf(part, row);
        if (!place.isNull() && place.adjusted(-1, -above, 1, above).contains(at)) return part;
    }
    return Part::None;
}

QRect TrackDelegate::nameRect(const QRect& row) const {
    const auto& t = theme();
    if (isGroupRow(row)) {
        const int left = row.left() + t.px(44);
        return {left, row.top(), rectOf(Part::Mute, row).left() - t.px(6) - left, row.height()};
    }
    const int left = row.left() + t.px(kTextLeft);
    return {left, row.top() + t.px(5), rectOf(Part::Eye, row).left() - t.px(6) - left, t.px(19)};
}

void TrackDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    if (index.data(TrackModel::Current).toBool())
        painter->fillRect(option.rect, t.surface.raised);
    else if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, mix(t.surface.panel, t.surface.raised, 0.6));
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, mix(t.surface.panel, t.surface.hover, 0.5));
    if (index.data(TrackModel::IsGroup).toBool())
        paintGroup(*painter, option, index);
    else
        paintTrack(*painter, option, index);
    const bool marked = (option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange);
    if (marked) drawHairlineFrame(*painter, QRectF(option.rect), t.focus);
}

void TrackDelegate::paintTrack(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    const auto row = option.rect;
    const bool current = index.data(TrackModel::Current).toBool(), silent = !index.data(TrackModel::Sounds).toBool();
    const int indent = index.data(TrackModel::Indented).toBool() ? t.px(kIndent) : 0;
    const auto colour = t.trackColour(static_cast<std::size_t>(index.data(TrackModel::Colour).toInt()));
    painter.fillRect(QRectF(row.left() + indent, row.top() + 1, t.width.trackStripe, row.height() - 2),
                     silent ? withOpacity(colour, t.opacity.mutedTrack) : colour);
    drawIcon(painter, QRectF(row.left() + t.px(13) + indent / 2, row.top(), t.iconSize.tool, row.height()),
             index.data(TrackModel::Icon).toString(), t.iconSize.tool,
             silent    ? t.text.disabled
             : current ? colour
                       : t.text.secondary);
    painter.setFont(textFont(TextSize::Title, current ? Weight::Semibold : Weight::Medium));
    painter.setPen(silent ? t.text.disabled : t.text.primary);
    drawElided(painter, nameRect(row), Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    drawSecondLine(painter, option, index);
    for (const auto part : kButtons) drawButton(painter, part, row, index);
}

/// Instrument and output, padlock and the part of the net; or what is wrong with the channel.
void TrackDelegate::drawSecondLine(QPainter& painter, const QStyleOptionViewItem& option,
                                   const QModelIndex& index) const {
    const auto& t = theme();
    const auto row = option.rect;
    QRectF line(row.left() + t.px(kTextLeft), row.top() + t.px(kSecondTop), 0, t.px(kSecondHeight));
    painter.setFont(textFont(TextSize::Caption));
    if (const auto problem = index.data(TrackModel::Problem).toString(); !problem.isEmpty()) {
        const QRectF mend(rectOf(Part::Mend, row));
        drawIcon(painter, QRectF(line.left(), line.top(), t.px(12), line.height()), "warning", t.px(12),
                 t.status.warning);
        line.setLeft(line.left() + t.px(15));
        line.setRight(mend.left() - t.px(4));
        painter.setPen(t.status.warning);
        drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, problem);
        fillRounded(painter, mend, t.px(3), t.surface.field);
        painter.setPen(t.text.primary);
        return painter.drawText(mend, Qt::AlignCenter, tr("Move"));
    }
    const bool silent = !index.data(TrackModel::Sounds).toBool(), locked = index.data(TrackModel::Locked).toBool();
    const QRectF role(rectOf(Part::NetRole, row)), lock(rectOf(Part::Lock, row));
    const bool offersLock = locked || option.state & QStyle::State_MouseOver;
    line.setRight((offersLock ? lock : role).left() - t.px(4));
    painter.setPen(silent ? t.text.disabled : t.text.secondary);
    const auto output = index.data(TrackModel::Output).toString();
    const auto instrument = index.data(TrackModel::Instrument).toString();
    drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter,
               output.isEmpty() ? instrument : tr("%1 to %2").arg(instrument, output));
    if (offersLock)
        drawIcon(painter, lock, locked ? "lock" : "unlock", t.px(12), locked ? t.roll.lock : t.text.secondary);
    const auto part = index.data(TrackModel::Part).toString();
    painter.setPen(part == roleText(NetRole::Writes)  ? t.model.bright
                   : part == roleText(NetRole::Hears) ? t.text.secondary
                                                      : t.text.disabled);
    painter.drawText(role, Qt::AlignRight | Qt::AlignVCenter, part);
}

void TrackDelegate::paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    const auto row = option.rect;
    const bool folded = index.data(TrackModel::Folded).toBool();
    drawIcon(painter, QRectF(row.left() + t.px(8), row.top(), t.iconSize.inlined, row.height()),
             folded ? "chevron-right" : "chevron-down", t.iconSize.inlined, t.text.secondary);
    drawIcon(painter, QRectF(row.left() + t.px(26), row.top(), t.iconSize.inlined, row.height()), "folder",
             t.iconSize.inlined, t.text.secondary);
    QRectF name(nameRect(row));
    const auto count = index.data(TrackModel::Count).toString();
    painter.setFont(textFont(TextSize::Body, Weight::Medium));
    painter.setPen(t.text.secondary);
    const auto words = painter.fontMetrics().horizontalAdvance(index.data().toString());
    const double room = name.width() - t.px(20);
    drawElided(painter, {name.left(), name.top(), room, name.height()}, Qt::AlignLeft | Qt::AlignVCenter,
               index.data().toString());
    painter.setFont(textFont(TextSize::Caption));
    name.setLeft(name.left() + std::min<double>(words, room) + t.px(6));
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter, count);
    for (const auto part : {Part::Mute, Part::Solo}) drawButton(painter, part, row, index);
}

void TrackDelegate::drawButton(QPainter& painter, Part part, const QRect& row, const QModelIndex& index) const {
    const auto& t = theme();
    const QRectF box(rectOf(part, row));
    const bool current = index.data(TrackModel::Current).toBool();
    const bool muted = part == Part::Mute && index.data(TrackModel::Muted).toBool();
    const bool soloed = part == Part::Solo && index.data(TrackModel::Soloed).toBool();
    const auto ground = muted ? t.text.secondary : soloed ? t.accent.base : current ? t.surface.panel : t.surface.field;
    fillRounded(painter, box, t.px(3), ground);
    if (part == Part::Eye) {
        const bool visible = index.data(TrackModel::Visible).toBool();
        return drawIcon(painter, box, visible ? "eye" : "eye-off", t.iconSize.inlined,
                        visible ? t.text.secondary : t.text.disabled);
    }
    if (part == Part::Arm) {
        const double side = t.px(8);
        const QRectF disc(box.center() - QPointF(side, side) / 2, QSizeF(side, side));
        if (current) return fillRounded(painter, disc, side / 2, t.status.record);
        return strokeRounded(painter, disc, side / 2, t.text.secondary, 1.5);
    }
    painter.setFont(textFont(TextSize::Micro, Weight::Semibold));
    painter.setPen(muted ? t.surface.panel : soloed ? t.accent.on : t.text.secondary);
    painter.drawText(box, Qt::AlignCenter, part == Part::Mute ? "M" : "S");
}

QWidget* TrackDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const {
    auto* editor = new QLineEdit(parent);
    editor->setAccessibleName(index.data(TrackModel::IsGroup).toBool() ? tr("Group name") : tr("Track name"));
    editor->setFont(textFont(TextSize::Title, Weight::Medium));
    return editor;
}

void TrackDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
    const int left = option.rect.left() + theme().px(kTextLeft - 8);
    const int high = std::min(theme().height.control, option.rect.height());
    editor->setGeometry(left, option.rect.top() + (isGroupRow(option.rect) ? 0 : theme().px(3)),
                        option.rect.right() - theme().px(8) - left, high);
}

bool TrackDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    const auto type = event->type();
    if (type != QEvent::MouseButtonPress && type != QEvent::MouseButtonDblClick)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const auto part = partAt(option.rect, mouse->position().toPoint(), index);
    if (part == Part::None || mouse->button() != Qt::LeftButton)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    Q_EMIT partPressed(index, part);
    return true;
}

bool TrackDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    if (!index.isValid() || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto help = helpFor(partAt(option.rect, event->pos(), index), index);
    QToolTip::showText(event->globalPos(), help.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : help, view);
    return true;
}

} // namespace continuo::ui
