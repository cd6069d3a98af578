#include "ui/tracks/track_delegate.h"

#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/tracks/track_model.h"
#include "ui/widgets/icon_button.h"
#include "ui/shortcuts/shortcuts.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QLineEdit>
#include <QPainter>
#include <QToolTip>

namespace continuo::ui {

namespace {

constexpr std::array kParts{TrackDelegate::Part::Eye, TrackDelegate::Part::Mute, TrackDelegate::Part::Solo,
                            TrackDelegate::Part::Arm};
constexpr int kButtonWidth = 20, kButtonHeight = 18, kButtonGap = 2, kTextLeft = 40;

QString helpFor(TrackDelegate::Part part) {
    switch (part) {
    case TrackDelegate::Part::Eye:
        return "Show its notes behind the current track";
    case TrackDelegate::Part::Mute:
        return helpText("Mute", keyText("muteTrack"));
    case TrackDelegate::Part::Solo:
        return helpText("Solo", keyText("soloTrack"));
    case TrackDelegate::Part::Arm:
        return "What you play is recorded into this track; click to choose it";
    case TrackDelegate::Part::None:
        break;
    }
    return {};
}

} // namespace

TrackDelegate::TrackDelegate(TrackModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

QSize TrackDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {theme().px(180), theme().height.trackRow};
}

QRect TrackDelegate::rectOf(Part part, const QRect& row) {
    const auto& t = theme();
    const int index = static_cast<int>(part) - 1, count = static_cast<int>(kParts.size());
    const int x =
        row.right() + 1 - t.px(10) - (count - index) * t.px(kButtonWidth) - (count - 1 - index) * t.px(kButtonGap);
    return {x, row.top() + t.px(6), t.px(kButtonWidth), t.px(kButtonHeight)};
}

TrackDelegate::Part TrackDelegate::partAt(const QRect& row, const QPoint& at) {
    for (const auto part : kParts)
        if (rectOf(part, row).adjusted(-1, -4, 1, 4).contains(at)) return part;
    return Part::None;
}

QRect TrackDelegate::nameRect(const QRect& row) const {
    const int left = row.left() + theme().px(kTextLeft);
    return {left, row.top() + theme().px(5), rectOf(Part::Eye, row).left() - theme().px(6) - left, theme().px(19)};
}

void TrackDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& t = theme();
    const auto row = option.rect;
    const bool current = index.data(TrackModel::Current).toBool(), silent = !index.data(TrackModel::Sounds).toBool();
    if (current)
        painter->fillRect(row, t.surface.raised);
    else if (option.state & QStyle::State_MouseOver)
        painter->fillRect(row, mix(t.surface.panel, t.surface.hover, 0.5));
    const auto colour = t.trackColour(static_cast<std::size_t>(index.data(TrackModel::Colour).toInt()));
    painter->fillRect(QRectF(row.left(), row.top() + 1, t.width.trackStripe, row.height() - 2),
                      silent ? withOpacity(colour, t.opacity.mutedTrack) : colour);
    drawIcon(*painter, QRectF(row.left() + t.px(13), row.top(), t.iconSize.tool, row.height()),
             index.data(TrackModel::Icon).toString(), t.iconSize.tool,
             silent    ? t.text.disabled
             : current ? colour
                       : t.text.secondary);
    painter->setFont(textFont(TextSize::Title, current ? Weight::Semibold : Weight::Medium));
    painter->setPen(silent ? t.text.disabled : t.text.primary);
    drawElided(*painter, nameRect(row), Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    const QRectF second(row.left() + t.px(kTextLeft), row.top() + t.px(25), row.width() - t.px(kTextLeft + 10),
                        t.px(15));
    painter->setFont(textFont(TextSize::Caption));
    painter->setPen(silent ? t.text.disabled : t.text.secondary);
    const auto output = index.data(TrackModel::Output).toString(),
               instrument = index.data(TrackModel::Instrument).toString();
    drawElided(*painter, second, Qt::AlignLeft | Qt::AlignVCenter, output.isEmpty() ? instrument : "to " + output);
    for (const auto part : kParts) drawButton(*painter, part, row, index);
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

QWidget* TrackDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const {
    auto* editor = new QLineEdit(parent);
    editor->setAccessibleName("Track name");
    editor->setFont(textFont(TextSize::Title, Weight::Medium));
    return editor;
}

void TrackDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                         const QModelIndex&) const {
    const int high = theme().height.control, left = option.rect.left() + theme().px(kTextLeft - 8);
    editor->setGeometry(left, option.rect.top() + theme().px(3), option.rect.right() - theme().px(8) - left, high);
}

bool TrackDelegate::editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                                const QModelIndex& index) {
    const auto type = event->type();
    if (type != QEvent::MouseButtonPress && type != QEvent::MouseButtonDblClick)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const auto part = partAt(option.rect, mouse->position().toPoint());
    if (part == Part::None || mouse->button() != Qt::LeftButton)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto track = model_.trackAt(index);
    if (part == Part::Eye) model_.toggleVisible(track);
    if (part == Part::Mute) model_.toggleMuted(track);
    if (part == Part::Solo) model_.toggleSoloed(track);
    if (part == Part::Arm) Q_EMIT armPressed(index);
    return true;
}

bool TrackDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                              const QModelIndex& index) {
    if (!index.isValid() || event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const auto help = helpFor(partAt(option.rect, event->pos()));
    QToolTip::showText(event->globalPos(), help.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : help, view);
    return true;
}

} // namespace continuo::ui
